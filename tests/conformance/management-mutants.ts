import { at, change, type Mutant, refused } from './mutant';
import {
  answered,
  asked,
  isJoin,
  lacking,
  silent,
  told,
  toldToAll,
  twice,
  withData,
  without,
} from './mutations';

/** Every event has a number. */
const numbered: NonNullable<Mutant['down']> = ({ payload }) => change(payload, { seq: 1 });

/** What a server could do wrong of joins, of history and of what clients change. */
export const MANAGEMENT_MUTANTS: readonly Mutant[] = [
  {
    name: 'has channels that nobody has joined',
    rule: 'JOIN-11',
    ack: answered('list_messages', () => ({ ok: true, data: { messages: [], hasMore: false } })),
  },
  {
    name: 'takes the metadata of every join',
    rule: 'JOIN-12',
    ack: answered('join_channel', (answer, { payload }) =>
      withData(answer, { properties: { metadata: at(payload, 'metadata') } }),
    ),
  },
  {
    name: 'forgets the metadata of a channel',
    rule: 'JOIN-7',
    ack: answered('join_channel', (answer) => withData(answer, { properties: {} })),
  },
  {
    name: 'takes properties of any size',
    rule: 'JOIN-18',
    ack: answered('update_channel', (answer) =>
      at(answer, 'error', 'code') === 'PROPERTIES_TOO_LARGE' ? refused('INTERNAL') : answer,
    ),
  },
  {
    name: 'takes any position',
    rule: 'RESUME-1',
    up: (passing) => (isJoin(passing) ? without(passing.payload, 'resume') : passing.payload),
  },
  {
    name: 'answers joins with where the client stood before',
    rule: 'RESUME-2',
    ack: answered('join_channel', (answer) => withData(answer, { seq: 0 })),
  },
  {
    name: 'does not tell properties to who joins',
    rule: 'RESUME-11',
    ack: answered('join_channel', (answer) => withData(answer, { properties: undefined })),
  },
  {
    name: 'leaves what is no channel',
    rule: 'LEAVE-4',
    ack: answered('leave_channel', () => ({ ok: true })),
  },
  {
    name: 'takes the last argument for the payload',
    rule: 'ACK-10',
    up: ({ event, payload }) => (event === 'send_message' ? change(payload, { text: 'more' }) : payload),
  },
  {
    name: 'tells who asks for nothing of what is new',
    rule: 'COMPAT-9',
    down: ({ event, payload }, { tell }) => {
      if (event === 'messageAck') tell('message_stored', payload);
      return payload;
    },
  },
  {
    name: 'says for an agent that it does not have that it is done',
    rule: 'AGENT-11',
    down: ({ event, payload }, { tell }) => {
      if (event === 'messageAck') tell('messageComplete', {});
      return payload;
    },
  },
  {
    name: 'confirms a message before it is kept',
    rule: 'ACK-5',
    ack: answered('list_messages', (answer) => withData(answer, { messages: [] })),
  },
  {
    name: 'lets clients send what only a server does',
    rule: 'MGMT-8',
    ack: answered('channelUpdated', () => ({ ok: true, data: null })),
  },
  {
    name: 'tells members what a client says that a server does',
    rule: 'MGMT-8',
    up: ({ event, payload }, { tellAll }) => {
      if (event === 'channelDeleted') tellAll(event, payload);
      return payload;
    },
  },
  {
    name: 'repeats any messageId in its errors',
    rule: 'ERR-3',
    down: told('messageError', { clientMessageId: 'of somebody' }),
  },
  {
    name: 'has errors that are none of the protocol’s',
    rule: 'ERR-18',
    ack: answered('list_messages', (answer) =>
      at(answer, 'ok') === false ? refused('NO_SUCH_THING') : answer,
    ),
  },
  {
    name: 'acknowledges a change with another place than it has',
    rule: 'CHANGE-1',
    ack: answered('update_channel', (answer) => withData(answer, { seq: 99 })),
  },
  {
    name: 'changes what is not there',
    rule: 'CHANGE-4',
    ack: answered('clear_channel', () => ({ ok: true, data: {} })),
  },
  {
    name: 'begins anew where a channel is cleared',
    rule: 'CHANGE-6',
    ack: answered('send_message', (answer) => withData(answer, { seq: 1 })),
  },
  {
    name: 'takes updates that are none',
    rule: 'CHANGE-7',
    ack: answered('update_channel', () => ({ ok: true, data: {} })),
  },
  {
    name: 'keeps the members of a channel that is deleted',
    rule: 'CHANGE-8',
    down: toldToAll('messageBroadcast'),
  },
  {
    name: 'tells other updates than were made',
    rule: 'MGMT-3',
    down: ({ event, payload }) =>
      event === 'channelUpdated' ? change(payload, { updates: { colour: 'blue' } }) : payload,
  },
  { name: 'tells twice that a channel is deleted', rule: 'MGMT-5', down: twice('channelDeleted') },
  { name: 'does not tell that a channel is deleted', rule: 'MGMT-5', down: silent('channelDeleted') },
  { name: 'tells everybody of changes', rule: 'MGMT-7', down: toldToAll('channelUpdated') },
  { name: 'numbers what is not durable', rule: 'SEQ-1', down: numbered },
  { name: 'does not number changes', rule: 'SEQ-1', down: lacking('channelUpdated', 'seq', 'epoch') },
  {
    name: 'has what was deleted in its history',
    rule: 'HIST-7',
    ack: answered('list_messages', (answer, _passing, { shared }) => {
      const messages = at(answer, 'data', 'messages');
      const kept = shared.get('messages') ?? messages;
      shared.set('messages', kept);
      return withData(answer, { messages: kept });
    }),
  },
  {
    name: 'takes a message that was deleted for new',
    rule: 'STORE-5',
    up: ({ event, payload, times }) =>
      event === 'send_message' && times > 2 ? change(payload, { messageId: `${times}` }) : payload,
  },
  {
    name: 'has no limit of pages',
    rule: 'HIST-4',
    ack: answered('list_messages', (answer) =>
      at(answer, 'ok') ? answer : { ok: true, data: { messages: [] } },
    ),
  },
  {
    name: 'has pages of another length',
    rule: 'HIST-4',
    up: ({ event, payload }) =>
      event === 'list_messages' && at(payload, 'limit') === undefined
        ? change(payload, { limit: 20 })
        : payload,
  },
  {
    name: 'says of a page where its last message is',
    rule: 'HIST-6',
    ack: answered('list_messages', (answer) => withData(answer, { seq: 1 })),
  },
  {
    name: 'makes members of those who read',
    rule: 'HIST-8',
    down: toldToAll('messageBroadcast'),
  },
];

/** What it could do wrong that shows to a client of the document alone. */
export const PLAIN_MUTANTS: readonly Mutant[] = [
  {
    name: 'takes any agentId while connecting',
    rule: 'CONN-8',
    down: told('connection_established', { agentId: 'any' }),
  },
  {
    name: 'takes the time of a message from its client',
    rule: 'CAST-11',
    down: told('messageBroadcast', (payload) =>
      at(payload, 'senderId') ? change(payload, { createdAt: 7 }) : payload,
    ),
  },
  { name: 'says nothing of the source', rule: 'CAST-13', down: told('messageBroadcast', { source: '' }) },
  { name: 'has no roomId', rule: 'COMPAT-6', down: lacking('room_joined', 'roomId') },
  {
    name: 'tells the log to whoever is connected',
    rule: 'LOG-6',
    down: ({ event, payload }, { tellAll }) => {
      if (event === 'messageError') tellAll('log_update', payload);
      return payload;
    },
  },
  {
    name: 'confirms that nobody reads the log any more',
    rule: 'LOG-8',
    up: ({ event, payload }, { tell }) => {
      if (event === 'unsubscribe_logs') tell('log_subscription_confirmed', { subscribed: false });
      return payload;
    },
  },
  { name: 'has entries of no agent', rule: 'LOG-5', down: told('log_update', { agentId: null }) },
  {
    name: 'has stacks in its log',
    rule: 'LOG-17',
    down: told('log_update', { message: 'Error\n    at server.js:1' }),
  },
  ...(['LOG-10', 'LOG-11', 'LOG-12'] as const).map(
    (rule): Mutant => ({
      name: 'filters by levels alone',
      rule,
      up: asked('set_log_filter', { agentId: undefined, category: undefined, level: 'debug' }),
    }),
  ),
  {
    name: 'adds filters to each other',
    rule: 'LOG-13',
    up: ({ event, payload, times }) =>
      event === 'set_log_filter' && times > 1 ? change(payload, { category: 'conformance' }) : payload,
  },
  {
    name: 'forgets a filter where one subscribes',
    rule: 'LOG-14',
    up: ({ event, payload }, { ask }) => {
      if (event === 'subscribe_logs') void ask('set_log_filter', {});
      return payload;
    },
  },
];
