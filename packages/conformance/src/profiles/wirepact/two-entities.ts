import { must, mustEqual, mustHave } from '../../check/expectations';
import { dataOf, type Fields, toFields } from '../../wire/packet';
import type { WireClient } from '../../wire/wire-client';
import type { ChatRow, ChatTrial } from '../chat/chat-trial';

const NOTHING_HEARD = 'how many messages are heard';

/** Asks as the entity of a client. */
const asItself = (chat: ChatTrial, client: WireClient, fields: Fields) => ({
  ...fields,
  entityId: chat.entityOf(client),
});

/** A new channel with two members that are two entities. */
async function inOneChannel(chat: ChatTrial) {
  const [ada, ben] = await chat.two();
  const channelId = chat.trial.newId();
  for (const client of [ada, ben]) {
    client.emit('join_channel', asItself(chat, client, { channelId }));
    await chat.nextUnless(client, 'channel_joined', 'FORBIDDEN', 'not both may join channels that are new');
  }
  return { channelId, ada, ben };
}

/** A message of one of them, which the other hears, with the name that its sender gave it. */
async function named(chat: ChatTrial) {
  const { channelId, ada, ben } = await inOneChannel(chat);
  const message = chat.hello(ada, channelId, { messageId: chat.trial.newId() });
  const { epoch } = dataOf(await ada.ask('send_message', message));
  return { channelId, ada, ben, epoch, messageId: message.messageId };
}

/** What two entities in one channel know of each other. */
export const TWO_ENTITIES: readonly ChatRow[] = [
  [
    'SEND-15',
    'the messageId that somebody else has used names another message',
    async (chat) => {
      const { channelId, ada, ben, messageId } = await named(chat);
      const own = chat.hello(ben, channelId, { messageId, text: 'of somebody else' });
      const first = dataOf(await ben.ask('send_message', own));
      const again = dataOf(await ben.ask('send_message', own));
      must(first.messageId === again.messageId, 'a message that is sent again has another id');
      const told = await ada.next('messageBroadcast', ({ text }) => text === 'of somebody else');
      must(told.id === first.messageId, 'the message of one is answered with that of another');
      must(told.senderId === chat.entityOf(ben), 'a message has another sender');
      await chat.catchUp(ada);
      mustEqual(chat.heard(ada, 'messageBroadcast', channelId).length, 2, NOTHING_HEARD);
    },
  ],
  [
    'CAST-15',
    'somebody else does not see the clientMessageId of a message, nor its messageAck',
    async (chat) => {
      const { channelId, ben } = await named(chat);
      const heard = await ben.next('messageBroadcast', ({ roomId }) => roomId === channelId);
      must(!('clientMessageId' in heard), 'somebody else sees the clientMessageId');
      await chat.catchUp(ben);
      mustEqual(ben.all('messageAck').length, 0, 'how often messageAck comes to somebody else');
    },
  ],
  [
    'RESUME-6',
    'a message that is sent again has its clientMessageId for whoever sent it, and for nobody else',
    async (chat) => {
      const { channelId, epoch, messageId } = await named(chat);
      const [mine, other] = await chat.two();
      for (const client of [mine, other])
        await client.ask('join_channel', asItself(chat, client, { channelId, resume: { epoch, seq: 0 } }));
      const [own] = mine.all('messageBroadcast');
      must(own?.clientMessageId === messageId, 'it does not have it for the sender');
      const [theirs] = other.all('messageBroadcast');
      mustEqual(theirs?.clientMessageId, undefined, 'clientMessageId for somebody else');
    },
  ],
  [
    'HIST-9',
    'a message in the history has its clientMessageId for whoever sent it, and for nobody else',
    async (chat) => {
      const { channelId, ada, ben, messageId } = await named(chat);
      const ids: unknown[] = [];
      for (const client of [ada, ben]) {
        const page = dataOf(await client.ask('list_messages', asItself(chat, client, { channelId })));
        ids.push(Array.isArray(page.messages) && toFields(page.messages[0]).clientMessageId);
      }
      must(ids[0] === messageId, 'it does not have it for the sender');
      mustEqual(ids[1], undefined, 'clientMessageId for somebody else');
    },
  ],
  [
    'PRES-3',
    'members are told under the entityId of whoever they are, each once however many connections it has',
    async (chat) => {
      const { channelId, ada, ben } = await inOneChannel(chat);
      const entityId = chat.entityOf(ben);
      const again = await chat.connect(chat.isSignedIn(ben) ? { as: 'other' } : {});
      await chat.join(again, channelId, { entityId });
      await ada.ask('watch_presence', { channelId, watching: true });
      const told = await ada.next('presence_changed', ({ members }) => members !== undefined);
      const ids = (Array.isArray(told.members) ? told.members : []).map(
        (member) => toFields(toFields(member).identity).entityId,
      );
      mustEqual(told.count, 2, 'the count of two entities on three connections');
      for (const id of [chat.entityOf(ada), entityId])
        must(ids.filter((one) => one === id).length === 1, 'a member is not told under its entityId, once');
    },
  ],
  [
    'PRES-1',
    'what somebody else does is told under its entityId, until it has left',
    async (chat) => {
      const { channelId, ada, ben } = await inOneChannel(chat);
      await ada.ask('watch_presence', { channelId, watching: true });
      await ada.next('presence_changed');
      await ben.ask('update_presence', { channelId, state: { typing: true }, ttlMs: 60_000 });
      const entityId = chat.entityOf(ben);
      const isTyping = (update: unknown) =>
        toFields(update).entityId === entityId && toFields(toFields(update).state).typing === true;
      await ada.next('presence_changed', ({ updated }) => Array.isArray(updated) && updated.some(isTyping));
      await ben.ask('leave_channel', { channelId });
      const gone = await ada.next(
        'presence_changed',
        ({ left }) => Array.isArray(left) && left.includes(entityId),
      );
      mustEqual(gone.count, 1, 'the count once somebody else has left');
    },
  ],
  [
    'LEAVE-3',
    'where somebody else leaves, who stays hears the rest',
    async (chat) => {
      const { channelId, ada, ben } = await inOneChannel(chat);
      await ben.ask('leave_channel', { channelId });
      await chat.say(ada, channelId, { text: 'who stays' });
      await chat.catchUp(ben);
      mustEqual(chat.heard(ben, 'messageBroadcast', channelId).length, 0, NOTHING_HEARD);
    },
  ],
];

/** What clients see of what the host does. */
export const BY_HOST: readonly ChatRow[] = [
  [
    'AUTH-10',
    'whose connections the host ends is told KICKED, and nobody else is',
    async (chat) => {
      const { channelId, ada, ben } = await inOneChannel(chat);
      chat.needsSignedIn(ben);
      const { disconnect } = chat.trial.target.host;
      if (!disconnect) return chat.trial.skip('the run has no host that ends connections');
      await disconnect(chat.entityOf(ben));
      const told = await ben.next('connection_ended');
      mustHave(told, { reason: 'KICKED', reconnect: false }, 'connection_ended');
      await ben.ended();
      mustEqual(
        ben.packets.at(-1)?.event,
        'connection_ended',
        'the last event of a connection that is ended',
      );
      await chat.say(ada, channelId);
      mustEqual(ada.all('connection_ended').length, 0, 'how often somebody else is told so');
    },
  ],
  [
    'LEAVE-5',
    'whom the host takes out of a channel is told so, and hears no more of it',
    async (chat) => {
      const { channelId, ada, ben } = await inOneChannel(chat);
      const { remove } = chat.trial.target.host;
      if (!remove) return chat.trial.skip('the run has no host that takes members out');
      await remove({ room: 'channel', id: channelId }, chat.entityOf(ben));
      mustHave(await ben.next('channel_left'), { channelId, reason: 'REMOVED' }, 'channel_left');
      await chat.say(ada, channelId, { text: 'to members' });
      await chat.catchUp(ben);
      mustEqual(chat.heard(ben, 'messageBroadcast', channelId).length, 0, NOTHING_HEARD);
      mustEqual(ada.all('channel_left').length, 0, 'how often somebody else is told so');
    },
  ],
];
