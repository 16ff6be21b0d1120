import { must, mustEqual } from '../../check/expectations';
import type { Fields } from '../../wire/packet';
import type { ChatRow } from '../chat/chat-trial';

const ORDERED = 20;

/** Messages that are wrong, by the rule that says so. */
const WRONG: readonly (readonly [rule: string, what: string, fields: Fields, says: string])[] = [
  [
    'SEND-2',
    'without a channelId',
    { channelId: undefined },
    'channelId: string;           // Required: Target channel UUID',
  ],
  ['SEND-2', 'with a channelId that is no UUID', { channelId: 'no-uuid' }, 'Invalid UUID formats'],
  [
    'SEND-3',
    'without a serverId',
    { serverId: undefined },
    'serverId: string;            // Required: Server UUID',
  ],
  ['SEND-3', 'with a serverId that is no UUID', { serverId: 'main' }, 'Invalid UUID formats'],
  [
    'SEND-4',
    'without a text',
    { text: undefined },
    'text: string;                // Required: Message content',
  ],
  [
    'SEND-4',
    'with a text that is no string',
    { text: { a: 1 } },
    'text: string;                // Required: Message content',
  ],
  ['SEND-5', 'with a text that is empty', { text: '' }, 'Missing required fields'],
  [
    'SEND-6',
    'with an entityId that is no string',
    { entityId: 7 },
    "entityId: string;            // Required: Sender's entity ID",
  ],
  [
    'SEND-7',
    'with an entityName that is no string',
    { entityName: {} },
    "entityName?: string;         // Optional: Sender's display name",
  ],
  [
    'SEND-8',
    'with a messageId that is no string',
    { messageId: 7 },
    'messageId?: string;          // Optional: Client-side message ID for tracking',
  ],
  [
    'SEND-9',
    'with an inReplyToMessageId that is no string',
    { inReplyToMessageId: [] },
    'inReplyToMessageId?: string; // Optional: ID of message being replied to',
  ],
  [
    'SEND-10',
    'with attachments that are no list',
    { attachments: {} },
    'attachments?: Array<{        // Optional: File attachments',
  ],
  ['SEND-10', 'with an attachment without a type', { attachments: [{ url: '/a.png' }] }, 'type: string;'],
  [
    'SEND-11',
    'with 33 attachments',
    { attachments: Array(33).fill({ url: '/a.png', type: 'image/png' }) },
    'attachments?: Array<{        // Optional: File attachments',
  ],
  [
    'SEND-12',
    'with metadata that is no object',
    { metadata: 'none' },
    'metadata?: {                 // Optional: Additional metadata',
  ],
];

const wrongRows: readonly ChatRow[] = WRONG.map(([rule, what, fields, says]) => [
  rule,
  `a message ${what} is refused, and nobody hears of it`,
  async (chat) => {
    const { channelId, ada, ben } = await chat.pair();
    await chat.refused(ada, 'send_message', chat.hello(ada, channelId, fields));
    await chat.say(ada, channelId, { text: 'What is right.' });
    await ben.next('messageBroadcast');
    const texts = chat.heard(ben, 'messageBroadcast', channelId).map(({ text }) => text);
    mustEqual(texts, ['What is right.'], 'what others hear');
  },
  says,
]);

/** The document’s section “send_message”. */
export const SENDING: readonly ChatRow[] = [
  [
    'SEND-1',
    'a message reaches the channel it is sent to',
    async (chat) => {
      const { channelId, client } = await chat.channel();
      const { roomId } = await chat.say(client, channelId);
      mustEqual(roomId, channelId, 'messageBroadcast.roomId');
    },
    'Send a message to a channel.',
  ],
  [
    'SEND-13',
    'sending needs no join',
    async (chat) => {
      const { channelId, client: member } = await chat.channel();
      await chat.say(await chat.connect(), channelId);
      await member.next('messageBroadcast', ({ roomId }) => roomId === channelId);
    },
  ],
  [
    'ERR-7',
    'a message to a channel that does not exist is refused',
    async (chat) => {
      const client = await chat.connect();
      const { error } = await chat.refused(client, 'send_message', chat.hello(client, chat.trial.newId()));
      must(typeof error === 'string' && error !== '', 'the error says nothing');
    },
    'Channel not found',
  ],
  [
    'SEND-16',
    `${ORDERED} messages sent at once are broadcast in their order`,
    async (chat) => {
      const { channelId, ada, ben } = await chat.pair();
      const texts = Array.from({ length: ORDERED }, (_, index) => `message ${index}`);
      for (const text of texts) ada.emit('send_message', chat.hello(ada, channelId, { text }));
      for (const client of [ada, ben]) {
        await client.next('messageBroadcast', ({ text }) => text === texts.at(-1));
        const heard = chat.heard(client, 'messageBroadcast', channelId).map(({ text }) => text);
        mustEqual(heard, texts, 'the texts as they come');
      }
    },
  ],
  ...wrongRows,
];
