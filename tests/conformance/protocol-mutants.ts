import { at, change, type Mutant, refused } from './mutant';
import {
  answered,
  asked,
  isJoin,
  lacking,
  silent,
  told,
  twice,
  withData,
  withError,
  without,
} from './mutations';
import { DROPPED } from './relay';

/** What it could do wrong that shows in acknowledgements, numbers and histories. */
export const PROTOCOL_MUTANTS: readonly Mutant[] = [
  {
    name: 'says no version',
    rule: 'VERS-1',
    down: lacking('connection_established', 'protocolVersion'),
  },
  { name: 'names no events', rule: 'VERS-2', down: told('connection_established', { capabilities: [] }) },
  {
    name: 'answers heartbeats without the time',
    rule: 'BEAT-1',
    ack: answered('heartbeat', () => ({ ok: true, data: null })),
  },
  { name: 'leaves heartbeats without an answer', rule: 'BEAT-1', ack: answered('heartbeat', () => DROPPED) },
  {
    name: 'leaves unknown events without an answer',
    rule: 'ERR-11',
    ack: (answer) => (at(answer, 'error', 'code') === 'UNKNOWN_EVENT' ? DROPPED : answer),
  },
  {
    name: 'answers before it has confirmed',
    rule: 'ACK-6',
    down: ({ event, payload }, { tell }) => {
      if (event !== 'messageAck') return payload;
      setTimeout(() => tell(event, payload), 20);
      return DROPPED;
    },
  },
  {
    name: 'answers with another id than it broadcasts',
    rule: 'ACK-9',
    ack: answered('send_message', (answer) =>
      withData(answer, { messageId: '00000000-0000-0000-0000-000000000000' }),
    ),
  },
  {
    name: 'answers with no data',
    rule: 'ACK-7',
    ack: answered('list_messages', (answer) => (at(answer, 'ok') ? { ok: true } : refused('NO_SUCH_CODE'))),
  },
  {
    name: 'has errors with a stack in place of a code',
    rule: 'ACK-8',
    ack: (answer) => withError(answer, { code: undefined, stack: 'at server.js:1' }),
  },
  {
    name: 'does not say what is wrong',
    rule: 'ERR-12',
    ack: (answer) => withError(answer, { issues: undefined }),
  },
  {
    name: 'does not name a field that is missing',
    rule: 'ERR-4',
    ack: (answer) => withError(answer, { issues: [{ path: '', message: 'is wrong', keyword: 'type' }] }),
  },
  {
    name: 'has one code for all that is wrong',
    rule: 'ERR-5',
    ack: (answer) =>
      at(answer, 'error', 'code') === 'INVALID_UUID'
        ? withError(answer, { code: 'INVALID_PAYLOAD' })
        : answer,
  },
  {
    name: 'takes payloads of any size',
    rule: 'ERR-13',
    ack: (answer) => (at(answer, 'error', 'code') === 'PAYLOAD_TOO_LARGE' ? { ok: true, data: {} } : answer),
  },
  {
    name: 'says another thing in messageError than in its answer',
    rule: 'ERR-9',
    down: told('messageError', { code: 'INTERNAL' }),
  },
  {
    name: 'stores a message that is sent again',
    rule: 'SEND-14',
    up: ({ event, payload }) => (event === 'send_message' ? without(payload, 'messageId') : payload),
  },
  {
    name: 'takes every message of one messageId for one',
    rule: 'SEND-15',
    up: asked('send_message', { messageId: 'one' }),
  },
  {
    name: 'takes links that run code',
    rule: 'SEND-17',
    ack: answered('send_message', (answer) =>
      at(answer, 'error', 'code') === 'INVALID_PAYLOAD' ? { ok: true, data: {} } : answer,
    ),
  },
  {
    name: 'asks for permission to leave',
    rule: 'AUTH-7',
    ack: answered('leave_channel', () => refused('FORBIDDEN')),
  },
  {
    name: 'counts all channels together',
    rule: 'SEQ-2',
    down: told('messageBroadcast', (payload) => change(payload, { seq: Number(at(payload, 'seq')) + 1 })),
  },
  {
    name: 'has another epoch for every event',
    rule: 'SEQ-3',
    down: told('messageBroadcast', (payload) => change(payload, { epoch: String(at(payload, 'id')) })),
  },
  {
    name: 'numbers an event anew for every member',
    rule: 'SEQ-4',
    down: ({ event, payload, times }) =>
      event === 'messageBroadcast' ? change(payload, { seq: times + 100 }) : payload,
  },
  {
    name: 'loses a message now and then',
    rule: 'SEQ-5',
    down: ({ event, payload, times }) =>
      event === 'messageBroadcast' && times % 4 === 3 ? DROPPED : payload,
  },
  {
    name: 'gives numbers to what it refuses',
    rule: 'SEQ-6',
    ack: answered('join_channel', (answer) =>
      withData(answer, { seq: Number(at(answer, 'data', 'seq')) + 1 }),
    ),
  },
  {
    name: 'confirms what it does not keep',
    rule: 'STORE-1',
    ack: answered('list_messages', (answer) => withData(answer, { messages: [] })),
  },
  {
    name: 'brings nothing of what was missed',
    rule: 'RESUME-3',
    up: (passing) => (isJoin(passing) ? without(passing.payload, 'resume') : passing.payload),
  },
  {
    name: 'brings what was missed twice',
    rule: 'RESUME-3',
    down: twice('messageBroadcast'),
  },
  {
    name: 'takes what happens while a client comes back for missed',
    rule: 'RESUME-4',
    down: ({ event, payload, times }) => (event === 'messageBroadcast' && times === 12 ? DROPPED : payload),
  },
  {
    name: 'passes a part off as the whole',
    rule: 'RESUME-7',
    ack: answered('join_channel', (answer) =>
      at(answer, 'data', 'recovered') === false ? withData(answer, { recovered: true }) : answer,
    ),
  },
  {
    name: 'makes a channel for whoever comes back',
    rule: 'RESUME-10',
    ack: answered('join_channel', (answer) =>
      at(answer, 'error', 'code') === 'CHANNEL_NOT_FOUND'
        ? { ok: true, data: { epoch: 'e', seq: 0 } }
        : answer,
    ),
  },
  {
    name: 'sends a deleted message again',
    rule: 'RESUME-5',
    down({ event, payload }, { tell }) {
      if (event === 'messageDeleted') tell('messageBroadcast', { id: at(payload, 'messageId') });
      return payload;
    },
  },
  {
    name: 'has the newest messages first',
    rule: 'HIST-1',
    ack: answered('list_messages', (answer) =>
      withData(answer, { messages: [...Object(at(answer, 'data', 'messages') ?? [])].reverse() }),
    ),
  },
  {
    name: 'ignores before and after',
    rule: 'HIST-2',
    up: ({ event, payload }) => (event === 'list_messages' ? without(payload, 'before', 'after') : payload),
  },
  {
    name: 'always has more',
    rule: 'HIST-5',
    ack: answered('list_messages', (answer) => withData(answer, { hasMore: true })),
  },
  {
    name: 'does not let go who leaves',
    rule: 'LEAVE-1',
    up: ({ event, payload }) =>
      event === 'leave_channel'
        ? change(payload, { channelId: '00000000-0000-0000-0000-000000000009' })
        : payload,
  },
  { name: 'tells nobody of who is there', rule: 'PRES-1', down: silent('presence_changed') },
  {
    name: 'tells anybody who is there',
    rule: 'PRES-2',
    ack: answered('watch_presence', () => ({ ok: true, data: null })),
  },
  { name: 'deletes a message and tells nobody', rule: 'MGMT-1', down: silent('messageDeleted') },
  {
    name: 'tells all properties where one was changed',
    rule: 'MGMT-4',
    down: told('channelUpdated', { updates: { name: 'Support', topic: 'More help' } }),
  },
  {
    name: 'goes on with the numbers of a channel that was deleted',
    rule: 'MGMT-6',
    ack: answered('join_channel', (answer) => withData(answer, { seq: 7 })),
  },
  {
    name: 'deletes what is not there',
    rule: 'CHANGE-5',
    ack: answered('delete_message', () => ({ ok: true, data: {} })),
  },
];

/** What it could do wrong while an agent answers. */
export const TURN_MUTANTS: readonly Mutant[] = [
  {
    name: 'never says that an answer is complete',
    rule: 'AGENT-3',
    down: silent('messageComplete'),
  },
  {
    name: 'does not tell who joins of an answer under way',
    rule: 'STREAMING-6',
    ack: answered('join_channel', (answer) => withData(answer, { streams: undefined })),
  },
  {
    name: 'lets anybody stop an answer',
    rule: 'TURN-4',
    ack: answered('cancel_response', () => ({ ok: true, data: { cancelled: true } })),
  },
  {
    name: 'does not say that an answer is not whole',
    rule: 'TURN-2',
    down: lacking('messageBroadcast', 'incomplete'),
  },
];

const isTooFast = (answer: unknown) => at(answer, 'error', 'code') === 'RATE_LIMITED';

/** What it could do wrong where it limits what is sent. */
export const LIMIT_MUTANTS: readonly Mutant[] = [
  {
    name: 'does not say how long to wait',
    rule: 'RATE-5',
    ack: (answer) => (isTooFast(answer) ? withError(answer, { retryAfterMs: undefined }) : answer),
  },
  {
    name: 'calls what comes too fast wrong for ever',
    rule: 'RATE-5',
    ack: (answer) => (isTooFast(answer) ? withError(answer, { retryable: false }) : answer),
  },
];

/** What it could do wrong where it is sent much. */
export const FLOOD_MUTANTS: readonly Mutant[] = [
  {
    name: 'lets a connection into any number of channels',
    rule: 'JOIN-17',
    ack: answered('join_channel', () => ({ ok: true, data: {} })),
  },
  {
    name: 'breaks where there is much',
    rule: 'ERR-22',
    ack: (answer, { times }) => (times === 500 ? refused('INTERNAL') : answer),
  },
];
