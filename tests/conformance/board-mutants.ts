import { at, change, type Mutant, refused } from './mutant';
import { DROPPED } from './relay';

/** What the board's server could do wrong. Nothing here, and nothing in the kit, says what a board is to do. */
export const BOARD_MUTANTS: readonly Mutant[] = [
  {
    name: 'does not greet',
    rule: 'SESSION-1',
    down: ({ event, payload }) => (event === 'wirepact:established' ? DROPPED : payload),
  },
  {
    name: 'says another version',
    rule: 'SESSION-1',
    down: ({ event, payload }) =>
      event === 'wirepact:established' ? change(payload, { protocolVersion: '9.0.0' }) : payload,
  },
  {
    name: 'does not say what it handles',
    rule: 'SESSION-1',
    down: ({ event, payload }) =>
      event === 'wirepact:established' ? change(payload, { capabilities: ['read_board'] }) : payload,
  },
  {
    name: 'does not answer heartbeats',
    rule: 'SESSION-2',
    ack: (answer, { event }) => (event === 'wirepact:heartbeat' ? DROPPED : answer),
  },
  {
    name: 'leaves unknown events without an answer',
    rule: 'CALL-1',
    ack: (answer) => (at(answer, 'error', 'code') === 'UNKNOWN_EVENT' ? DROPPED : answer),
  },
  {
    name: 'replies with something else than it declares',
    rule: 'CALL-1',
    ack: (answer, { event }) =>
      event === 'read_board' && at(answer, 'ok') ? { ok: true, data: {} } : answer,
  },
  {
    name: 'replies with a value of the wrong type',
    rule: 'CALL-1',
    ack: (answer, { event }) =>
      event === 'read_board' ? change(answer, { data: change(at(answer, 'data'), { seq: '0' }) }) : answer,
  },
  {
    name: 'fails with a code that the event does not declare',
    rule: 'CALL-1',
    ack: (answer, { event }) => (event === 'read_board' ? refused('NO_SUCH_CARD') : answer),
  },
  {
    name: 'takes a payload without what is required',
    rule: 'CALL-2',
    ack: (answer, { payload }) =>
      at(payload, 'column') === undefined && at(payload, 'cardId') !== undefined
        ? { ok: true, data: null }
        : answer,
  },
  {
    name: 'takes any column',
    rule: 'CALL-2',
    ack: (answer) =>
      at(answer, 'error', 'issues', '0', 'keyword') === 'enum' ? { ok: true, data: null } : answer,
  },
  {
    name: 'takes ids that are no UUIDs',
    rule: 'CALL-2',
    ack: (answer) => (at(answer, 'error', 'code') === 'INVALID_UUID' ? { ok: true, data: null } : answer),
  },
  {
    name: 'says that a payload is too large where it is wrong',
    rule: 'CALL-2',
    ack: (answer) =>
      at(answer, 'error', 'code') === 'INVALID_PAYLOAD' ? refused('PAYLOAD_TOO_LARGE') : answer,
  },
  {
    name: 'does not say where a payload is wrong',
    rule: 'CALL-2',
    ack: (answer) => (at(answer, 'ok') === false ? refused(String(at(answer, 'error', 'code'))) : answer),
  },
  {
    name: 'takes payloads of any size',
    rule: 'CALL-2',
    ack: (answer) =>
      at(answer, 'error', 'code') === 'PAYLOAD_TOO_LARGE' ? { ok: true, data: null } : answer,
  },
  {
    name: 'has errors without a message',
    rule: 'CALL-3',
    ack: (answer) =>
      at(answer, 'ok') === false
        ? change(answer, { error: change(at(answer, 'error'), { message: '' }) })
        : answer,
  },
  {
    name: 'calls every error retryable',
    rule: 'CALL-3',
    ack: (answer) =>
      at(answer, 'ok') === false
        ? change(answer, { error: change(at(answer, 'error'), { retryable: true }) })
        : answer,
  },
  {
    name: 'sends what the contract does not have',
    rule: 'CALL-6',
    ack(answer, { event }, peer) {
      if (event === 'read_board') peer.tell('boardRead', {});
      return answer;
    },
  },
  {
    name: 'tells of moves with another payload',
    rule: 'CALL-6',
    down: ({ event, payload }) =>
      event === 'cardMoved' ? change(payload, { column: 'elsewhere' }) : payload,
  },
  {
    name: 'leaves out a number',
    rule: 'ROOM-1',
    down: ({ event, payload }) =>
      event === 'cardMoved' ? change(payload, { seq: Number(at(payload, 'seq')) * 2 }) : payload,
  },
  {
    name: 'forgets every second move on its way to a member',
    rule: 'ROOM-2',
    down: ({ event, payload, times }) => (event === 'cardMoved' && times % 2 === 0 ? DROPPED : payload),
  },
  {
    name: 'tells of moves twice',
    rule: 'ROOM-2',
    down({ event, payload }, peer) {
      if (event === 'cardMoved') peer.tell(event, payload);
      return payload;
    },
  },
  {
    name: 'tells everybody of every move',
    rule: 'ROOM-2',
    down({ event, payload }, peer) {
      if (event !== 'cardMoved') return payload;
      peer.tellAll(event, payload);
      return DROPPED;
    },
  },
  {
    name: 'answers a join without saying where the room stands',
    rule: 'ROOM-3',
    ack: (answer, { event }) => (event === 'wirepact:join' ? { ok: true, data: {} } : answer),
  },
  {
    name: 'brings nothing of what was missed',
    rule: 'ROOM-3',
    up: ({ event, payload }) =>
      event === 'wirepact:join' ? change(payload, { resume: undefined }) : payload,
  },
  {
    name: 'says that everything was recovered where it was not',
    rule: 'ROOM-4',
    ack: (answer, { event }) =>
      event === 'wirepact:join' && at(answer, 'data', 'recovered') === false
        ? change(answer, { data: change(at(answer, 'data'), { recovered: true }) })
        : answer,
  },
  {
    name: 'takes a repeat for another send',
    rule: 'ROOM-5',
    up: ({ event, payload }) => (event === 'move_card' ? change(payload, { moveId: undefined }) : payload),
  },
  {
    name: 'tells everybody the key of a send',
    rule: 'ROOM-6',
    down: ({ event, payload }) =>
      event === 'cardMoved'
        ? { moveId: '123e4567-e89b-12d3-a456-426614174000', ...Object(payload) }
        : payload,
  },
  {
    name: 'goes on telling who has left',
    rule: 'ROOM-7',
    up({ event, payload }, peer) {
      if (event !== 'wirepact:leave') return payload;
      return change(payload, { id: `not ${peer.id}` });
    },
  },
  {
    name: 'takes any kind of room',
    rule: 'ROOM-10',
    ack: (answer, { event, payload }) =>
      event === 'wirepact:join' && at(payload, 'room') !== 'board'
        ? { ok: true, data: { epoch: 'e', seq: 0 } }
        : answer,
  },
  {
    name: 'tells who is in a room, which is not declared',
    rule: 'PRESENCE-2',
    ack: (answer, { event }) => (event === 'wirepact:watch_presence' ? { ok: true, data: null } : answer),
  },
];
