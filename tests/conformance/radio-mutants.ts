import { at, change, type Mutant, refused } from './mutant';
import { answered, asked, lacking, silent, told, toldToAll, withData, without } from './mutations';
import { DROPPED, type Peer } from './relay';

const ITEMS = 'wirepact:stream_items';
const CREDIT = 'wirepact:stream_credit';
const CANCEL = 'wirepact:stream_cancel';
const WATCH = 'wirepact:watch_presence';
const UPDATE = 'wirepact:update_presence';
const CHANGED = 'wirepact:presence_changed';

/** Changes the items of a stream that come together. */
const withItems = (changed: (items: readonly unknown[]) => readonly unknown[]) =>
  told(ITEMS, (payload) => {
    const items = at(payload, 'items');
    return change(payload, { items: changed(Array.isArray(items) ? items : []) });
  });

/** Lets what a client asks of a stream of another one take place there. */
function ofAnybody(name: string): Pick<Mutant, 'ack' | 'up'> {
  const owners = new Map<unknown, Peer>();
  return {
    ack: answered('list_songs', (answer, _passing, peer) => {
      owners.set(at(answer, 'data', 'stream'), peer);
      return answer;
    }),
    up({ event, payload }, peer) {
      const owner = owners.get(at(payload, 'stream'));
      if (event === name && owner && owner !== peer) void owner.ask(event, payload);
      return payload;
    },
  };
}

/** What the radio's server could do wrong with its streams. */
const STREAM_MUTANTS: readonly Mutant[] = [
  {
    name: 'acknowledges a stream without its id',
    rule: 'STREAM-1',
    ack: answered('list_songs', (answer) => withData(answer, { stream: undefined })),
  },
  {
    name: 'sends an item before the acknowledgement',
    rule: 'STREAM-1',
    up({ event, payload }, { tell }) {
      if (event === 'list_songs') tell(ITEMS, { stream: '1', items: [] });
      return payload;
    },
  },
  {
    name: 'sends an item after the end',
    rule: 'STREAM-1',
    down({ event, payload }, { tell }) {
      if (event !== 'wirepact:stream_end') return payload;
      tell(event, payload);
      tell(ITEMS, { stream: at(payload, 'stream'), items: [] });
      return DROPPED;
    },
  },
  {
    name: 'sends more than it was granted',
    rule: 'STREAM-2',
    ack(answer, { event }, { ask }) {
      const stream = at(answer, 'data', 'stream');
      if (event === 'list_songs') void ask(CREDIT, { stream, credit: 1 });
      return answer;
    },
  },
  {
    name: 'does not heed what is granted',
    rule: 'STREAM-2',
    up: asked(CREDIT, { credit: 0 }),
  },
  {
    name: 'sends as much as it likes once it is granted any',
    rule: 'STREAM-2',
    up: asked(CREDIT, { credit: 1_000 }),
  },
  {
    name: 'lets anybody grant',
    rule: 'STREAM-4',
    ...ofAnybody(CREDIT),
  },
  {
    name: 'lets anybody cancel',
    rule: 'STREAM-4',
    ...ofAnybody(CANCEL),
  },
  {
    name: 'goes on with a stream that was cancelled',
    rule: 'STREAM-4',
    up: asked(CANCEL, { stream: 'another' }),
  },
  {
    name: 'has items of another type',
    rule: 'STREAM-7',
    down: withItems((items) => items.map((item) => change(item, { number: String(at(item, 'number')) }))),
  },
  {
    name: 'ends a stream with an error that the event does not declare',
    rule: 'STREAM-7',
    down: told('wirepact:stream_end', { error: at(refused('NO_SUCH_SONG'), 'error') }),
  },
  {
    name: 'fails in the middle of a stream',
    rule: 'STREAM-7',
    down: told('wirepact:stream_end', {
      error: { code: 'INTERNAL', message: 'Something broke.', retryable: true },
    }),
  },
  {
    name: 'lets a connection have any number of streams',
    rule: 'STREAM-8',
    ack: (answer) =>
      at(answer, 'error', 'code') === 'OVERLOADED' ? { ok: true, data: { stream: '0' } } : answer,
  },
  {
    name: 'calls a stream too many forbidden',
    rule: 'STREAM-8',
    ack: (answer) => (at(answer, 'error', 'code') === 'OVERLOADED' ? refused('FORBIDDEN') : answer),
  },
  {
    name: 'goes on with a stream on another connection',
    rule: 'STREAM-5',
    up({ event, payload }, { tell }) {
      if (event === CREDIT) tell(ITEMS, { stream: at(payload, 'stream'), items: [] });
      return payload;
    },
  },
  {
    name: 'begins anew where it is to go on',
    rule: 'STREAM-9',
    up: asked('list_songs', { after: undefined }),
  },
  {
    name: 'repeats the item that it is to go on after',
    rule: 'STREAM-9',
    up: ({ event, payload, times }) =>
      event === 'list_songs' && times > 1
        ? change(payload, { after: Number(at(payload, 'after')) - 1 })
        : payload,
  },
];

/** What it could do wrong with who is in a room. */
const PRESENCE_MUTANTS: readonly Mutant[] = [
  { name: 'tells nobody who is there', rule: 'PRESENCE-1', down: silent(CHANGED) },
  { name: 'counts nobody', rule: 'PRESENCE-1', down: told(CHANGED, { count: 0 }) },
  {
    name: 'does not tell who comes',
    rule: 'PRESENCE-1',
    down: lacking(CHANGED, 'joined'),
  },
  {
    name: 'does not tell who goes',
    rule: 'PRESENCE-1',
    down: lacking(CHANGED, 'left'),
  },
  {
    name: 'tells of another room',
    rule: 'PRESENCE-1',
    down: told(CHANGED, { id: 'another' }),
  },
  {
    name: 'keeps members whose connection is gone',
    rule: 'PRESENCE-3',
    down: told(CHANGED, (payload) => (at(payload, 'left') ? DROPPED : payload)),
  },
  {
    name: 'lets strangers watch',
    rule: 'PRESENCE-2',
    ack: answered(WATCH, () => ({ ok: true, data: null })),
  },
  {
    name: 'lets strangers have a state',
    rule: 'PRESENCE-2',
    ack: answered('wirepact:update_presence', () => ({ ok: true, data: { ttlMs: 1 } })),
  },
  {
    name: 'tells everybody who is there',
    rule: 'PRESENCE-2',
    down: toldToAll(CHANGED),
  },
  {
    name: 'goes on telling who does not watch any more',
    rule: 'PRESENCE-2',
    up: asked(WATCH, { watching: true }),
  },
  {
    name: 'does not say what members do',
    rule: 'PRESENCE-4',
    down: told(CHANGED, (payload) => without(payload, 'updated')),
  },
  {
    name: 'lets a member do something for ever',
    rule: 'PRESENCE-4',
    up: asked(UPDATE, { ttlMs: 60_000 }),
    ack: answered(UPDATE, (answer, { payload }) => withData(answer, { ttlMs: at(payload, 'ttlMs') })),
  },
  {
    name: 'does not tell that a member does nothing any more',
    rule: 'PRESENCE-4',
    down: told(CHANGED, (payload) =>
      at(payload, 'updated', '0', 'state') ? payload : without(payload, 'updated'),
    ),
  },
  {
    name: 'takes a longer time than it was told',
    rule: 'PRESENCE-4',
    ack: answered(UPDATE, (answer) => withData(answer, { ttlMs: 60_000 })),
  },
  {
    name: 'tells the first of several changes',
    rule: 'PRESENCE-6',
    up: ({ event, payload, times }) =>
      event === UPDATE && times > 1 ? change(payload, { state: undefined }) : payload,
  },
  {
    name: 'takes any state',
    rule: 'PRESENCE-5',
    ack: (answer, { event }) =>
      event === 'wirepact:update_presence' ? { ok: true, data: { ttlMs: 1 } } : answer,
  },
];

/** What it could do wrong where it is sent much at once. */
const FLOOD_MUTANTS: readonly Mutant[] = [
  {
    name: 'leaves some of many events without an answer',
    rule: 'CALL-1',
    ack: (answer, { event, times }) => (event === 'wirepact:heartbeat' && times === 2_000 ? DROPPED : answer),
  },
  {
    name: 'breaks where there is much',
    rule: 'CALL-1',
    ack: (answer, { event, times }) =>
      event === 'wirepact:heartbeat' && times === 2_000 ? refused('INTERNAL') : answer,
  },
];

/** What the radio's server could do wrong that the board's cannot. */
export const RADIO_MUTANTS: readonly Mutant[] = [...STREAM_MUTANTS, ...PRESENCE_MUTANTS, ...FLOOD_MUTANTS];

/** What it could do wrong where people sign in. */
export const SIGNED_IN_RADIO_MUTANTS: readonly Mutant[] = [
  { name: 'counts connections for members', rule: 'PRESENCE-3', down: told(CHANGED, { count: 3 }) },
];
