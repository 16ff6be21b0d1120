import { must, mustEqual, mustHave, show } from '../../check/expectations';
import { dataOf, errorOf, type Fields, toFields } from '../../wire/packet';
import type { ChatRow } from '../chat/chat-trial';

/** Positions that are none. */
const NO_POSITIONS: readonly Fields[] = [
  { epoch: '', seq: 0 },
  { epoch: 'e'.repeat(65), seq: 0 },
  { epoch: 7, seq: 0 },
  { epoch: 'e', seq: -1 },
  { epoch: 'e', seq: 0.5 },
  { epoch: 'e', seq: '0' },
  { epoch: 'e' },
  { seq: 0 },
];

/** Channels that none can be, for events that have to name one. */
const NO_CHANNELS: readonly Fields[] = [{}, { channelId: 7 }, { channelId: null }];

/** Joins, and what comes of reading and leaving. */
export const JOINS: readonly ChatRow[] = [
  [
    'JOIN-11',
    'a channel is there once it was joined, and not before',
    async (chat) => {
      const client = await chat.connect();
      const channelId = chat.trial.newId();
      const before = await client.ask('list_messages', { channelId });
      mustHave(errorOf(before), { code: 'CHANNEL_NOT_FOUND' }, 'the error before the first join');
      await chat.join(client, channelId);
      const after = await client.ask('list_messages', { channelId });
      must(after.ok === true, `after it list_messages is answered with ${show(after)}`);
    },
  ],
  [
    'JOIN-12',
    'joining a channel that exists does not change its metadata',
    async (chat) => {
      const [ada, ben] = [await chat.connect(), await chat.connect()];
      const channelId = chat.trial.newId();
      await chat.join(ada, channelId, { metadata: { kind: 'first' } });
      const answer = await ben.ask('join_channel', { channelId, metadata: { kind: 'second', more: true } });
      const { metadata } = toFields(dataOf(answer).properties);
      must(
        toFields(metadata).kind !== 'second' && !('more' in toFields(metadata)),
        'the second join has changed it',
      );
    },
  ],
  [
    'JOIN-7',
    'the metadata of the join that creates a channel is kept with it',
    async (chat) => {
      const [ada, ben] = [await chat.connect(), await chat.connect()];
      const channelId = chat.trial.newId();
      const metadata = { isDm: true, channelType: 'DM', more: { deep: [1, null] } };
      await chat.join(ada, channelId, { metadata });
      const { properties } = dataOf(await ben.ask('join_channel', { channelId }));
      mustHave(properties, { metadata }, 'the properties of a later join');
    },
  ],
  [
    'RESUME-1',
    'a position that is none is refused, and nobody is joined',
    async (chat) => {
      const { channelId, client: ada } = await chat.channel();
      const ben = await chat.connect();
      for (const resume of [...NO_POSITIONS, 'e', null]) {
        const error = errorOf(await ben.ask('join_channel', { channelId, resume }));
        mustHave(error, { code: 'INVALID_PAYLOAD' }, `the error for ${show(resume)}`);
      }
      await chat.say(ada, channelId);
      await chat.catchUp(ben);
      mustEqual(chat.heard(ben, 'messageBroadcast', channelId).length, 0, 'how many messages come');
    },
  ],
  [
    'RESUME-2',
    'joining again is answered with the channel’s position, whoever moved it',
    async (chat) => {
      const { channelId, ada, ben } = await chat.pair();
      const sent = dataOf(await ben.ask('send_message', chat.hello(ben, channelId)));
      const again = dataOf(await ada.ask('join_channel', { channelId }));
      mustEqual(again.seq, sent.seq, 'seq of the join');
      must(again.epoch === sent.epoch, 'the join has another epoch than the message');
    },
  ],
  [
    'LEAVE-4',
    'leaving has to name a channel',
    async (chat) => {
      const client = await chat.connect();
      for (const payload of NO_CHANNELS) {
        const error = errorOf(await client.ask('leave_channel', payload));
        mustHave(error, { code: 'INVALID_PAYLOAD' }, `the error for ${show(payload)}`);
      }
      const error = errorOf(await client.ask('leave_channel', { channelId: 'no-uuid' }));
      mustHave(error, { code: 'INVALID_UUID' }, 'the error for an id that is no UUID');
    },
  ],
  [
    'ACK-10',
    'arguments after the payload are ignored',
    async (chat) => {
      const { channelId, client } = await chat.channel();
      const sent = await client.ask('send_message', chat.hello(client, channelId), { text: 'more' }, null, 7);
      must(sent.ok === true, `a message with more arguments is answered with ${show(sent)}`);
      mustEqual((await client.next('messageBroadcast')).text, 'Hello, how can I help you?', 'the text');
    },
  ],
];

/** What a client without acknowledgements sees, and what it cannot make others believe. */
export const PLAIN: readonly ChatRow[] = [
  [
    'COMPAT-9',
    'who asks for no acknowledgement sees the events of the document, and no others',
    async (chat) => {
      const { channelId, client } = await chat.channel();
      await chat.say(client, channelId);
      await client.next('messageAck');
      client.emit('subscribe_logs');
      client.emit('unsubscribe_logs');
      client.emit('leave_channel', { channelId });
      await chat.refused(client, 'no_such_event', {});
      const seen = new Set(client.timeline.filter((event) => !/^log_/.test(event)));
      const expected = ['connection_established', 'channel_joined', 'room_joined', 'messageBroadcast'];
      mustEqual([...seen], [...expected, 'messageAck', 'messageError'], 'the events that come');
    },
  ],
  [
    'ACK-5',
    'a message is in the history once messageAck has come',
    async (chat) => {
      const { channelId, ada, ben } = await chat.pair();
      ada.emit('send_message', chat.hello(ada, channelId));
      const { messageId } = await ada.next('messageAck');
      const { messages } = dataOf(await ben.ask('list_messages', { channelId }));
      const ids = (Array.isArray(messages) ? messages : []).map((message) => toFields(message).id);
      must(ids.includes(messageId), 'messageAck comes before the message is kept');
    },
  ],
  [
    'MGMT-8',
    'events of the server are none that a client may send',
    async (chat) => {
      const { channelId, ada, ben } = await chat.pair();
      for (const event of [
        'messageDeleted',
        'channelCleared',
        'channelUpdated',
        'channelDeleted',
        'messageBroadcast',
      ]) {
        const error = errorOf(await ada.ask(event, { channelId, messageId: channelId, updates: {} }));
        mustHave(error, { code: 'UNKNOWN_EVENT' }, `the error of ${event}`);
      }
      await chat.catchUp(ben);
      mustEqual(
        ben.timeline.filter((event) => /^(?:channel[A-Z]|message)/.test(event)),
        [],
        'what other members are told',
      );
    },
  ],
  [
    'ERR-3',
    'the messageId of a message to be deleted is not repeated as a client’s own',
    async (chat) => {
      const client = await chat.connect();
      const error = await chat.refused(client, 'delete_message', { messageId: chat.trial.newId() });
      must(!('clientMessageId' in error), 'messageError has the messageId as clientMessageId');
    },
  ],
];
