import { at, change, type Mutant, refused } from './mutant';
import { answered, asked, silent, told, toldToAll, twice, withData, withError } from './mutations';
import { DROPPED, type Peer } from './relay';

/** What the board's server could do wrong. Nothing here, and nothing in the kit, says what a board is to do. */
export const BOARD_MUTANTS: readonly Mutant[] = [
  {
    name: 'does not greet',
    rule: 'SESSION-1',
    down: silent('wirepact:established'),
  },
  {
    name: 'says another version',
    rule: 'SESSION-1',
    down: told('wirepact:established', { protocolVersion: '9.0.0' }),
  },
  {
    name: 'does not say what it handles',
    rule: 'SESSION-1',
    down: told('wirepact:established', { capabilities: ['read_board'] }),
  },
  {
    name: 'does not answer heartbeats',
    rule: 'SESSION-2',
    ack: answered('wirepact:heartbeat', () => DROPPED),
  },
  {
    name: 'leaves unknown events without an answer',
    rule: 'CALL-1',
    ack: (answer) => (at(answer, 'error', 'code') === 'UNKNOWN_EVENT' ? DROPPED : answer),
  },
  {
    name: 'replies with something else than it declares',
    rule: 'CALL-1',
    ack: answered('read_board', (answer) => (at(answer, 'ok') ? { ok: true, data: {} } : answer)),
  },
  {
    name: 'replies with a value of the wrong type',
    rule: 'CALL-1',
    ack: answered('read_board', (answer) => withData(answer, { seq: '0' })),
  },
  {
    name: 'fails with a code that the event does not declare',
    rule: 'CALL-1',
    ack: answered('read_board', () => refused('NO_SUCH_CARD')),
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
    ack: (answer) => withError(answer, { message: '' }),
  },
  {
    name: 'calls every error retryable',
    rule: 'CALL-3',
    ack: (answer) => withError(answer, { retryable: true }),
  },
  {
    name: 'sends what the contract does not have',
    rule: 'CALL-6',
    ack: answered('read_board', (answer, _passing, { tell }) => {
      tell('boardRead', {});
      return answer;
    }),
  },
  {
    name: 'tells of moves with another payload',
    rule: 'CALL-6',
    down: told('cardMoved', { column: 'elsewhere' }),
  },
  {
    name: 'leaves out a number',
    rule: 'ROOM-1',
    down: told('cardMoved', (payload) => change(payload, { seq: Number(at(payload, 'seq')) * 2 })),
  },
  {
    name: 'forgets every second move on its way to a member',
    rule: 'ROOM-2',
    down: ({ event, payload, times }) => (event === 'cardMoved' && times % 2 === 0 ? DROPPED : payload),
  },
  {
    name: 'tells of moves twice',
    rule: 'ROOM-2',
    down: twice('cardMoved'),
  },
  {
    name: 'tells everybody of every move',
    rule: 'ROOM-2',
    down: toldToAll('cardMoved'),
  },
  {
    name: 'answers a join without saying where the room stands',
    rule: 'ROOM-3',
    ack: answered('wirepact:join', () => ({ ok: true, data: {} })),
  },
  {
    name: 'brings nothing of what was missed',
    rule: 'ROOM-3',
    up: asked('wirepact:join', { resume: undefined }),
  },
  {
    name: 'says that everything was recovered where it was not',
    rule: 'ROOM-4',
    ack: answered('wirepact:join', (answer) =>
      at(answer, 'data', 'recovered') === false ? withData(answer, { recovered: true }) : answer,
    ),
  },
  {
    name: 'takes a repeat for another send',
    rule: 'ROOM-5',
    up: asked('move_card', { moveId: undefined }),
  },
  {
    name: 'tells everybody the key of a send',
    rule: 'ROOM-6',
    down: told('cardMoved', (payload) => ({
      moveId: '123e4567-e89b-12d3-a456-426614174000',
      ...Object(payload),
    })),
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
    name: 'takes any id of a room',
    rule: 'ROOM-10',
    up: ({ event, payload }) =>
      event === 'wirepact:join'
        ? change(payload, { id: String(at(payload, 'id')).replace('\0', '') })
        : payload,
  },
  {
    name: 'tells who is in a room, which is not declared',
    rule: 'PRESENCE-2',
    ack: answered('wirepact:watch_presence', () => ({ ok: true, data: null })),
  },
  {
    name: 'takes answers that nobody asked for',
    rule: 'ASK-5',
  },
  {
    name: 'takes whatever comes last for the payload',
    rule: 'TRACE-1',
    up: ({ event, payload, more }) => (event === 'read_board' && more.length > 0 ? more.at(-1) : payload),
  },
];

/** Whether no other client has used the key of a move before. */
function isOwnKey(payload: unknown, { id, shared }: Peer): boolean {
  const key = String(at(payload, 'moveId'));
  const owner = shared.get(key) ?? id;
  shared.set(key, owner);
  return owner === id;
}

/** What it could do wrong between two who sign in. */
export const SIGNED_IN_BOARD_MUTANTS: readonly Mutant[] = [
  {
    name: 'takes the key of one for that of another',
    rule: 'ROOM-5',
    up: ({ event, payload }, peer) =>
      event === 'move_card' && !isOwnKey(payload, peer)
        ? change(payload, { cardId: 'no such card' })
        : payload,
    ack: answered('move_card', (answer, { payload }, peer) =>
      isOwnKey(payload, peer) ? answer : { ok: true, data: null },
    ),
  },
  {
    name: 'tells who comes back the key of any send',
    rule: 'ROOM-6',
    down: told('cardMoved', (payload) => ({
      moveId: '123e4567-e89b-12d3-a456-426614174000',
      ...Object(payload),
    })),
  },
  {
    name: 'lets anybody into a private room',
    rule: 'ROOM-7',
    ack: answered('wirepact:join', (answer) =>
      at(answer, 'error', 'code') === 'FORBIDDEN' ? { ok: true, data: { epoch: 'e', seq: 0 } } : answer,
    ),
  },
  { name: 'tells everybody what happens in a private room', rule: 'ROOM-7', down: toldToAll('cardMoved') },
  { name: 'tells nobody that it is taken out', rule: 'ROOM-8', down: silent('wirepact:left') },
  {
    name: 'goes on telling who is taken out',
    rule: 'ROOM-8',
    down: ({ event, payload }, { tell }) => {
      if (event === 'wirepact:left')
        tell('cardMoved', { boardId: at(payload, 'id'), cardId: 'a', column: 'b' });
      return payload;
    },
  },
];
