import { must, mustEqual, show } from '../../check/expectations';
import type { ChatRow } from '../chat/chat-trial';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Text that is easily changed on its way: markup, quotes, lines, characters of two code units, a zero. */
const ODD_TEXT = ' <b>"quoted"</b> & \\ \n\r\t \u2028 \u00e9e\u0301 😀 \u{10ffff} \u0000 ';
const ATTACHMENTS = [{ url: 'https://example.org/a.png', type: 'image/png', width: 7, more: { deep: [1] } }];
const FIELDS = new Set([
  'id',
  'senderId',
  'senderName',
  'text',
  'roomId',
  'serverId',
  'createdAt',
  'source',
  'clientMessageId',
  'thought',
  'actions',
  'attachments',
  'seq',
  'epoch',
  'inReplyToMessageId',
  'metadata',
  'incomplete',
]);
/** Clocks of the server and of this machine may differ by so much, in milliseconds. */
const CLOCKS_DIFFER = 24 * 3_600_000;

const TO_SENDER = 'clientMessageId?: string;    // Original client message ID (only sent back to sender)';
const EVERYBODY = 'All clients in the channel receive this event.';

/** The document’s section “messageBroadcast”. */
export const BROADCASTS: readonly ChatRow[] = [
  [
    'CAST-1',
    'every member receives a message, once',
    async (chat) => {
      const channelId = chat.trial.newId();
      const clients = [
        await chat.member(channelId),
        await chat.member(channelId),
        await chat.member(channelId),
      ];
      const [ada] = clients;
      if (ada) await chat.say(ada, channelId);
      for (const client of clients) {
        await client.until(
          () => chat.heard(client, 'messageBroadcast', channelId)[0],
          'a member hears nothing',
        );
        await chat.catchUp(client);
        mustEqual(chat.heard(client, 'messageBroadcast', channelId).length, 1, 'how often the message comes');
      }
    },
    EVERYBODY,
  ],
  [
    'CAST-2',
    'who is no member, and did not send it, receives nothing',
    async (chat) => {
      const [channelId, elsewhere] = [chat.trial.newId(), chat.trial.newId()];
      const [ada, stranger, other] = [
        await chat.member(channelId),
        await chat.connect(),
        await chat.member(elsewhere),
      ];
      await chat.say(ada, channelId);
      for (const client of [stranger, other]) {
        await chat.catchUp(client);
        mustEqual(client.all('messageBroadcast').length, 0, 'messages heard outside the channel');
      }
    },
    EVERYBODY,
  ],
  [
    'CAST-3',
    'the sender receives its own message, member or not',
    async (chat) => {
      const { channelId, client } = await chat.channel();
      await chat.say(client, channelId);
      await chat.say(await chat.connect(), channelId);
    },
  ],
  [
    'CAST-4',
    'a message has a UUID, the same for everybody and of no other message',
    async (chat) => {
      const { channelId, ada, ben } = await chat.pair();
      const first = await chat.say(ada, channelId, { text: 'first' });
      const second = await chat.say(ada, channelId, { text: 'second' });
      must(typeof first.id === 'string' && UUID.test(first.id), `the id is ${show(first.id)}`);
      must(first.id !== second.id, 'two messages have one id');
      const heard = await ben.next('messageBroadcast', ({ text }) => text === 'first');
      must(heard.id === first.id, 'a message has another id for another member');
    },
    'id: string;                  // Server-assigned message UUID',
  ],
  [
    'CAST-5',
    'senderId is the entityId of whoever sent it',
    async (chat) => {
      const { channelId, client } = await chat.channel();
      const { entityId } = chat.hello(client, channelId);
      mustEqual((await chat.say(client, channelId)).senderId, entityId, 'messageBroadcast.senderId');
    },
    "senderId: string;            // Sender's UUID",
  ],
  [
    'CAST-6',
    'senderName is the entityName of whoever sent it',
    async (chat) => {
      const { channelId, client } = await chat.channel();
      chat.needsGuest(client, 'who is signed in may have a name that the server knows');
      const { senderName } = await chat.say(client, channelId, { entityName: 'John Doe' });
      mustEqual(senderName, 'John Doe', 'messageBroadcast.senderName');
    },
    "senderName: string;          // Sender's display name",
  ],
  [
    'CAST-7',
    'where there is no entityName, senderName is User',
    async (chat) => {
      const { channelId, client } = await chat.channel();
      chat.needsGuest(client, 'who is signed in may have a name that the server knows');
      mustEqual((await chat.say(client, channelId)).senderName, 'User', 'messageBroadcast.senderName');
    },
  ],
  [
    'CAST-8',
    'the text comes as it was sent, character by character',
    async (chat) => {
      const { channelId, ada, ben } = await chat.pair();
      ada.emit('send_message', chat.hello(ada, channelId, { text: ODD_TEXT }));
      mustEqual((await ben.next('messageBroadcast')).text, ODD_TEXT, 'messageBroadcast.text');
    },
    'text: string;                // Message content',
  ],
  [
    'CAST-9',
    'roomId is the channel',
    async (chat) => {
      const { channelId, ada, ben } = await chat.pair();
      ada.emit('send_message', chat.hello(ada, channelId));
      mustEqual((await ben.next('messageBroadcast')).roomId, channelId, 'messageBroadcast.roomId');
    },
    'roomId: string;              // Channel UUID (called roomId for client compatibility)',
  ],
  [
    'CAST-10',
    'serverId is the one that the message was sent with',
    async (chat) => {
      const { channelId, client } = await chat.channel();
      const serverId = chat.trial.newId();
      mustEqual(
        (await chat.say(client, channelId, { serverId })).serverId,
        serverId,
        'messageBroadcast.serverId',
      );
    },
    'serverId: string;            // Server UUID',
  ],
  [
    'CAST-12',
    'createdAt is a Unix timestamp in milliseconds',
    async (chat) => {
      const { channelId, client } = await chat.channel();
      const { createdAt } = await chat.say(client, channelId);
      must(typeof createdAt === 'number', `createdAt is ${show(createdAt)}`);
      must(
        Math.abs(createdAt - Date.now()) < CLOCKS_DIFFER,
        'createdAt is not a time of today in milliseconds',
      );
    },
    'createdAt: number;           // Unix timestamp',
  ],
  [
    'CAST-11',
    'createdAt, the id and the source are the server’s, whatever the client sends',
    async (chat) => {
      const { channelId, client } = await chat.channel();
      const made = {
        id: chat.trial.newId(),
        createdAt: 7,
        source: 'agent_response',
        senderId: 'somebody-else',
      };
      const { id, createdAt, source, senderId } = await chat.say(client, channelId, made);
      must(id !== made.id, 'the id is the one that the client sent');
      must(createdAt !== made.createdAt, 'createdAt is the time that the client sent');
      must(source !== made.source, 'the source is the one that the client sent');
      must(senderId !== made.senderId, 'the senderId is the one that the client sent');
    },
    'createdAt: number;           // Unix timestamp',
  ],
  [
    'CAST-13',
    'source is a text, the same for every member',
    async (chat) => {
      const { channelId, ada, ben } = await chat.pair();
      const { source } = await chat.say(ada, channelId);
      must(typeof source === 'string' && source !== '', `the source is ${show(source)}`);
      mustEqual((await ben.next('messageBroadcast')).source, source, 'the source for another member');
    },
    'source: string;              // Message source type',
  ],
  [
    'CAST-14',
    'the source of a client’s message is socketio_client',
    async (chat) => {
      const { channelId, client } = await chat.channel();
      mustEqual((await chat.say(client, channelId)).source, 'socketio_client', 'source');
    },
  ],
  [
    'CAST-15',
    'clientMessageId goes back to the sender, and is absent where it gave none',
    async (chat) => {
      const { channelId, client } = await chat.channel();
      const messageId = chat.trial.newId();
      mustEqual(
        (await chat.say(client, channelId, { messageId })).clientMessageId,
        messageId,
        'clientMessageId',
      );
      const without = await chat.say(client, channelId, { text: 'none' });
      must(!('clientMessageId' in without), 'a message without a messageId has a clientMessageId');
    },
    TO_SENDER,
  ],
  [
    'CAST-16',
    'nobody but the connection that sent it sees the clientMessageId',
    async (chat) => {
      const { channelId, ada, ben } = await chat.pair();
      await chat.say(ada, channelId, { messageId: chat.trial.newId() });
      const heard = await ben.next('messageBroadcast');
      must(!('clientMessageId' in heard), 'another connection sees the clientMessageId');
    },
    TO_SENDER,
  ],
  [
    'CAST-17',
    'a client’s message has no thought and no actions',
    async (chat) => {
      const { channelId, client } = await chat.channel();
      const heard = await chat.say(client, channelId, {
        thought: 'none',
        actions: ['none'],
      });
      must(!('thought' in heard) && !('actions' in heard), `the message has ${show(heard)}`);
    },
    "thought?: string;            // Agent's internal thought process",
  ],
  [
    'CAST-18',
    'attachments come as they were sent, and are absent where there are none',
    async (chat) => {
      const { channelId, client } = await chat.channel();
      const { attachments } = await chat.say(client, channelId, { attachments: ATTACHMENTS });
      mustEqual(attachments, ATTACHMENTS, 'messageBroadcast.attachments');
      const without = await chat.say(client, channelId, { text: 'none' });
      must(!('attachments' in without), 'a message without attachments has some');
    },
    'attachments?: any[];         // Message attachments',
  ],
  [
    'CAST-19',
    'a broadcast has nothing besides the fields of the document and those that were added',
    async (chat) => {
      const { channelId, ada, ben } = await chat.pair();
      await chat.say(ada, channelId, { metadata: { a: 1 }, secret: 'none' });
      const more = Object.keys(await ben.next('messageBroadcast')).filter((name) => !FIELDS.has(name));
      must(more.length === 0, `a broadcast has ${more.join(', ')} besides`);
    },
  ],
];
