import type { Check } from '../../check/check';
import { must, mustEqual, mustHave, show } from '../../check/expectations';
import { toFields } from '../../wire/packet';
import { ZERO_UUID } from '../chat/channel-trial';
import { type ElizaosRow, elizaosRows, JOIN, SEND } from './elizaos-trial';

const REQUIRED =
  'For SEND_MESSAGE: channelId, messageServerId (message_server_id), senderId (author_id), and message are required.';
const STATUS = 'received_by_server_and_processing';
const ORDERED = 20;

/** Envelopes of which deployed servers take no notice. */
const DROPPED = [
  null,
  'text',
  7,
  {},
  { type: JOIN },
  { type: 3, payload: {} },
  { type: SEND, payload: null },
];

/** Messages without what has to be there. */
const INCOMPLETE = [{ channelId: 'no-uuid' }, { senderId: null }, { messageServerId: null }, { message: '' }];

const CONNECTION: readonly ElizaosRow[] = [
  [
    'ELIZA-2',
    'who gives an entityId is sent authenticated, then connection_established',
    async (web) => {
      const client = await web.connect();
      mustEqual(client.timeline, ['authenticated', 'connection_established'], 'what comes first');
      const [authenticated] = client.all('authenticated');
      must(
        typeof authenticated?.timestamp === 'number',
        `authenticated.timestamp is ${show(authenticated?.timestamp)}`,
      );
      const [greeting] = client.all('connection_established');
      mustHave(greeting, { message: 'Connected to Eliza Socket.IO server' }, 'connection_established');
      must(
        greeting?.socketId === client.socket.id,
        'connection_established.socketId is not the id of the connection',
      );
    },
  ],
  [
    'ELIZA-2',
    'a client that begins by polling is upgraded',
    async (web) => {
      const client = await web.connect({ transports: ['polling', 'websocket'] });
      const { engine } = client.socket.io;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, web.trial.target.patienceMs);
        const done = () => {
          clearTimeout(timer);
          resolve();
        };
        if (engine.transport.name === 'websocket') done();
        else engine.once('upgrade', done);
      });
      mustEqual(engine.transport.name, 'websocket', 'the transport');
      await web.join(client, web.trial.newId());
    },
  ],
  [
    'ELIZA-3',
    'an envelope of type 1 joins, and is answered in the words of ElizaOS',
    async (web) => {
      const client = await web.connect();
      const channelId = web.trial.newId();
      const joined = await web.join(client, channelId);
      const message = `Socket ${client.socket.id} successfully joined channel ${channelId}.`;
      mustHave(joined, { channelId, roomId: channelId }, 'room_joined');
      must(joined.message === message, `room_joined.message is ${show(joined.message)}`);
      mustEqual(client.all('channel_joined'), [joined], 'channel_joined');
      mustEqual(client.timeline.slice(2), ['channel_joined', 'room_joined'], 'the order');
    },
  ],
  [
    'ELIZA-3',
    'the events 1 and 2 take the payload of an envelope',
    async (web) => {
      const client = await web.connect();
      const channelId = web.trial.newId();
      client.emit('1', { roomId: channelId });
      await client.next('room_joined');
      client.emit('2', web.hello(client, channelId, { message: 'by number' }));
      mustEqual((await client.next('messageBroadcast')).text, 'by number', 'messageBroadcast.text');
    },
  ],
  [
    'ELIZA-4',
    'envelopes of another type, or without a payload, are dropped without a word',
    async (web) => {
      const client = await web.connect();
      for (const envelope of DROPPED) client.emit('message', envelope);
      await web.catchUp(client);
      mustEqual(client.all('messageError'), [], 'messageError');
      mustEqual(client.all('room_joined').length, 1, 'how many joins succeeded');
    },
  ],
];

const MESSAGES: readonly ElizaosRow[] = [
  [
    'ELIZA-5',
    'the sender gets its message with the clientMessageId, then messageAck with the status of ElizaOS',
    async (web) => {
      const { channelId, client } = await web.channel();
      const message = web.hello(client, channelId);
      web.send(client, message);
      const ack = await client.next('messageAck');
      const [own] = client.all('messageBroadcast');
      const { senderId, messageServerId, messageId: clientMessageId } = message;
      const expected = {
        senderId,
        // Of who is signed in the server may know the name.
        ...(!web.isSignedIn(client) && { senderName: message.senderName }),
        messageServerId,
        clientMessageId,
        channelId,
        roomId: channelId,
      };
      mustHave(own, { ...expected, text: 'Hello!' }, 'messageBroadcast');
      must(typeof own?.createdAt === 'number', `createdAt is ${show(own?.createdAt)}`);
      mustHave(
        ack,
        { clientMessageId, messageId: own?.id, status: STATUS, channelId, roomId: channelId },
        'messageAck',
      );
    },
  ],
  [
    'ELIZA-5',
    'other members get it without the clientMessageId, and no messageAck',
    async (web) => {
      const { channelId, ada, ben } = await web.pair();
      web.send(ada, web.hello(ada, channelId));
      const heard = await ben.next('messageBroadcast');
      must(!('clientMessageId' in heard), 'another member sees the clientMessageId');
      await web.catchUp(ben);
      mustEqual(ben.all('messageAck'), [], 'messageAck of another member');
    },
  ],
  [
    'ELIZA-5',
    `${ORDERED} messages sent at once come in their order`,
    async (web) => {
      const { channelId, ada, ben } = await web.pair();
      const texts = Array.from({ length: ORDERED }, (_, index) => `message ${index}`);
      for (const message of texts) web.send(ada, web.hello(ada, channelId, { message }));
      for (const client of [ada, ben]) {
        await client.next('messageBroadcast', ({ text }) => text === texts.at(-1));
        const heard = client.all('messageBroadcast').map(({ text }) => text);
        mustEqual(
          heard.filter((text) => texts.includes(String(text))),
          texts,
          'the texts as they come',
        );
      }
    },
  ],
  [
    'ELIZA-6',
    'a message without what has to be there is refused in the words of ElizaOS',
    async (web) => {
      const { channelId, client } = await web.channel();
      for (const fields of INCOMPLETE) {
        web.send(client, web.hello(client, channelId, fields));
        mustEqual(await client.next('messageError'), { error: REQUIRED }, `messageError for ${show(fields)}`);
      }
    },
  ],
  [
    'ELIZA-6',
    'a join without a channel is refused in the words of ElizaOS',
    async (web) => {
      const client = await web.connect();
      client.emit('message', { type: JOIN, payload: { entityId: web.trial.newId() } });
      const error = 'channelId is required for joining.';
      mustEqual(await client.next('messageError'), { error }, 'messageError');
    },
  ],
  [
    'ELIZA-8',
    'a message to a channel that there is not creates it',
    async (web) => {
      const channelId = web.trial.newId();
      const client = await web.connect();
      web.send(client, web.hello(client, channelId));
      mustHave(await client.next('messageAck'), { channelId }, 'messageAck');
      const member = await web.member(channelId);
      web.send(client, web.hello(client, channelId, { message: 'again' }));
      await member.next('messageBroadcast', ({ text }) => text === 'again');
    },
  ],
];

/** Clients of both wires in one channel, and who may act as whom. */
const BOTH_WIRES: readonly ElizaosRow[] = [
  [
    'ELIZA-1',
    'members of both wires hear each other, each in its own words',
    async (web) => {
      const { channelId, client } = await web.channel();
      const plain = await web.plainMember(channelId);
      web.send(client, web.hello(client, channelId, { message: 'from the web client' }));
      const told = await plain.next('messageBroadcast', ({ text }) => text === 'from the web client');
      must(!('messageServerId' in told), 'a client of the protocol is told a messageServerId');
      const { senderId: entityId } = told;
      plain.emit('send_message', { channelId, serverId: ZERO_UUID, text: 'from the protocol', entityId });
      const heard = await client.next('messageBroadcast', ({ text }) => text === 'from the protocol');
      mustHave(heard, { channelId, roomId: channelId, messageServerId: ZERO_UUID }, 'messageBroadcast');
    },
  ],
  [
    'ELIZA-7',
    'who is signed in sends as nobody else',
    async (web) => {
      const { channelId, ada, ben } = await web.pair();
      web.needsSignedIn(ada);
      const message = `as somebody else ${web.trial.newId()}`;
      web.send(ada, web.hello(ada, channelId, { senderId: web.trial.newId(), message }));
      await ada.next('messageError');
      await web.catchUp(ben);
      must(!ben.all('messageBroadcast').some(({ text }) => text === message), 'it is told all the same');
    },
  ],
  [
    'ELIZA-9',
    'changes are told without a number, and those of a channel with its id',
    async (web) => {
      const { channelId, client } = await web.channel();
      const plain = await web.plainMember(channelId);
      const answer = await plain.ask('update_channel', { channelId, updates: { name: 'Support' } });
      if (answer.ok !== true) web.trial.skip('this client may not change channels');
      const told = await client.next('channelUpdated');
      must(!('seq' in told) && !('epoch' in told), 'channelUpdated has a number');
      mustHave(told.updates, { name: 'Support' }, 'channelUpdated.updates');
      must(
        Object.values(toFields(told.updates)).includes(channelId),
        'the updates do not have the id of the channel',
      );
    },
  ],
];

const LOGS: readonly ElizaosRow[] = [
  [
    'ELIZA-12',
    'a filter of logs is for who has subscribed, and is answered',
    async (web) => {
      const client = await web.connect();
      client.emit('update_log_filters', { level: 'info' });
      mustHave(
        await client.next('log_filters_updated'),
        { success: false },
        'log_filters_updated without a subscription',
      );
      client.emit('subscribe_logs');
      mustHave(
        await client.next('log_subscription_confirmed'),
        { subscribed: true },
        'log_subscription_confirmed',
      );
      client.emit('update_log_filters', { level: 'debug' });
      const updated = await client.next('log_filters_updated');
      mustHave(updated, { success: true }, 'log_filters_updated');
      mustHave(updated.filters, { level: 'debug' }, 'log_filters_updated.filters');
    },
  ],
  [
    'ELIZA-11',
    'the log comes in log_stream, with a level that is a number',
    async (web) => {
      const client = await web.connect();
      client.emit('subscribe_logs');
      client.emit('update_log_filters', { level: 'all' });
      await client.next('log_filters_updated');
      web.send(client, web.hello(client, web.trial.newId()));
      await client.next('messageAck');
      await web.catchUp(client);
      const [entry] = client.all('log_stream');
      if (!entry) return web.trial.skip('the server logged nothing meanwhile');
      mustEqual(entry.type, 'log_entry', 'log_stream.type');
      const { time, level, msg } = toFields(entry.payload);
      must(typeof time === 'number' && typeof level === 'number', `the entry has ${show({ time, level })}`);
      must(typeof msg === 'string', `log_stream.payload.msg is ${show(msg)}`);
    },
  ],
];

/** What deployed ElizaOS servers do for their web client. */
export const elizaosChecks = (): Check[] => elizaosRows([...CONNECTION, ...MESSAGES, ...BOTH_WIRES, ...LOGS]);
