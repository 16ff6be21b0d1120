import { at, change, type Mutant } from './mutant';
import { asked, delayed, isJoin, lacking, silent, told, toldToAll, twice, without } from './mutations';
import { DROPPED } from './relay';

/** What a server could do wrong that a client of the document sees. */
export const DOCUMENT_MUTANTS: readonly Mutant[] = [
  { name: 'does not greet', rule: 'CONN-4', down: silent('connection_established') },
  {
    name: 'greets in other words',
    rule: 'CONN-5',
    down: told('connection_established', { message: 'Welcome' }),
  },
  {
    name: 'greets with the id of another connection',
    rule: 'CONN-6',
    down: told('connection_established', { socketId: 'another' }),
  },
  {
    name: 'forgets the agent given while connecting',
    rule: 'CONN-7',
    down: lacking('connection_established', 'agentId'),
  },
  { name: 'never answers a join', rule: 'JOIN-8', down: silent('channel_joined') },
  {
    name: 'tells everybody who joins',
    rule: 'JOIN-8',
    down: toldToAll('channel_joined'),
  },
  {
    name: 'answers a join without the roomId',
    rule: 'JOIN-9',
    down: lacking('channel_joined', 'roomId'),
  },
  {
    name: 'takes any text for a channel',
    rule: 'JOIN-2',
    up: (passing) =>
      isJoin(passing) && at(passing.payload, 'channelId') === 'channel-uuid'
        ? change(passing.payload, { channelId: '00000000-0000-0000-0000-000000000001' })
        : passing.payload,
  },
  {
    name: 'takes upper case for another channel',
    rule: 'JOIN-3',
    down: told('channel_joined', (payload) =>
      change(payload, { channelId: String(at(payload, 'channelId')).toUpperCase() }),
    ),
  },
  { name: 'drops what it does not like without a word', rule: 'ERR-1', down: silent('messageError') },
  {
    name: 'tells everybody of an error',
    rule: 'ERR-1',
    down: toldToAll('messageError'),
  },
  { name: 'says nothing in its errors', rule: 'ERR-2', down: told('messageError', { error: '' }) },
  {
    name: 'does not say which message an error is about',
    rule: 'ERR-3',
    down: lacking('messageError', 'clientMessageId'),
  },
  {
    name: 'takes a text that is no text',
    rule: 'SEND-4',
    up: ({ event, payload }) =>
      event === 'send_message' && typeof at(payload, 'text') === 'object'
        ? change(payload, { text: '[object Object]' })
        : payload,
  },
  {
    name: 'makes up a serverId',
    rule: 'SEND-3',
    up: ({ event, payload }) =>
      event === 'send_message' && at(payload, 'serverId') === undefined
        ? change(payload, { serverId: '00000000-0000-0000-0000-000000000000' })
        : payload,
  },
  { name: 'sends messages in another order', rule: 'SEND-16', down: delayed('messageBroadcast') },
  {
    name: 'tells members of a message twice',
    rule: 'CAST-1',
    down: twice('messageBroadcast'),
  },
  {
    name: 'tells everybody of every message',
    rule: 'CAST-2',
    down: toldToAll('messageBroadcast'),
  },
  {
    name: 'leaves out the sender',
    rule: 'CAST-3',
    down: ({ event, payload }) =>
      event === 'messageBroadcast' &&
      at(payload, 'clientMessageId') === undefined &&
      at(payload, 'senderId') === 'user-123'
        ? DROPPED
        : payload,
  },
  {
    name: 'gives every member another id',
    rule: 'CAST-4',
    down: ({ event, payload }, { id }) =>
      event === 'messageBroadcast' ? change(payload, { id: `${id}-${String(at(payload, 'id'))}` }) : payload,
  },
  {
    name: 'cleans the text',
    rule: 'CAST-8',
    down: told('messageBroadcast', (payload) =>
      change(payload, { text: String(at(payload, 'text')).replaceAll('<', '&lt;') }),
    ),
  },
  {
    name: 'trims the text',
    rule: 'CAST-8',
    up: ({ event, payload }) =>
      event === 'send_message' ? change(payload, { text: String(at(payload, 'text')).trim() }) : payload,
  },
  {
    name: 'counts in seconds',
    rule: 'CAST-12',
    down: told('messageBroadcast', (payload) =>
      change(payload, { createdAt: Math.floor(Number(at(payload, 'createdAt')) / 1000) }),
    ),
  },
  {
    name: 'does not tell the sender its messageId',
    rule: 'CAST-15',
    down: lacking('messageBroadcast', 'clientMessageId'),
  },
  {
    name: 'tells everybody the messageId of the sender',
    rule: 'CAST-16',
    down: told('messageBroadcast', (payload) => ({ clientMessageId: 'm', ...Object(payload) })),
  },
  {
    name: 'tells more than it should',
    rule: 'CAST-19',
    down: told('messageBroadcast', { address: '192.0.2.1' }),
  },
  {
    name: 'drops what else an attachment has',
    rule: 'CAST-18',
    up: asked('send_message', { attachments: [{ url: '/a.png', type: 'image/png' }] }),
  },
  { name: 'does not confirm messages', rule: 'ACK-1', down: silent('messageAck') },
  {
    name: 'confirms with the status of another server',
    rule: 'ACK-4',
    down: told('messageAck', { status: 'received_by_server_and_processing' }),
  },
  {
    name: 'confirms another message',
    rule: 'ACK-3',
    down: told('messageAck', { messageId: '00000000-0000-0000-0000-000000000000' }),
  },
  { name: 'does not send room_joined', rule: 'COMPAT-4', down: silent('room_joined') },
  {
    name: 'does not take roomId',
    rule: 'COMPAT-1',
    up: (passing) => (isJoin(passing) ? without(passing.payload, 'roomId') : passing.payload),
  },
  {
    name: 'lets roomId count before channelId',
    rule: 'COMPAT-2',
    up: (passing) =>
      isJoin(passing) && at(passing.payload, 'roomId')
        ? change(passing.payload, { channelId: at(passing.payload, 'roomId') })
        : passing.payload,
  },
  {
    name: 'refuses fields that it does not know',
    rule: 'COMPAT-8',
    up: (passing) =>
      at(passing.payload, 'later') ? change(passing.payload, { channelId: 7 }) : passing.payload,
  },
  {
    name: 'never ends a subscription to logs',
    rule: 'LOG-7',
    up: ({ event, payload }) => (event === 'unsubscribe_logs' ? DROPPED : payload),
  },
  {
    name: 'confirms a subscription in other words',
    rule: 'LOG-3',
    down: told('log_subscription_confirmed', { message: 'ok' }),
  },
  {
    name: 'has log entries without a category',
    rule: 'LOG-4',
    down: lacking('log_update', 'category'),
  },
  { name: 'takes any level', rule: 'LOG-16', up: asked('set_log_filter', { level: 'info' }) },
  {
    name: 'lets a payload through that pollutes prototypes',
    rule: 'ERR-14',
    up: (passing) => (isJoin(passing) ? { channelId: at(passing.payload, 'channelId') } : passing.payload),
  },
  {
    name: 'ends a connection for one mistake',
    rule: 'ERR-16',
    down({ event, payload }, { cut }) {
      if (event === 'messageError') cut();
      return payload;
    },
  },
  {
    name: 'repeats what was wrong at any length',
    rule: 'ERR-19',
    down: told('messageError', { payload: 'x'.repeat(100_000) }),
  },
];
