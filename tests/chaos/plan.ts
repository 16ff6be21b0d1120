import { createRandom, type Random, toPartSeed } from './random';

/** The two ways bytes go through a proxy. */
export type Direction = 'toServer' | 'toClient';

/** Something that goes wrong, or is changed, during a run. */
export type Disturbance =
  | { readonly kind: 'kill' }
  | { readonly kind: 'cut'; readonly client: number }
  | { readonly kind: 'cutInPacket'; readonly client: number; readonly direction: Direction }
  | { readonly kind: 'loseAcknowledgements'; readonly client: number }
  | { readonly kind: 'outage'; readonly client: number; readonly forSends: number }
  | {
      readonly kind: 'stall';
      readonly client: number;
      readonly directions: readonly Direction[];
      readonly forSends: number;
    }
  | {
      readonly kind: 'delete' | 'clear' | 'update';
      readonly client: number;
      readonly channel: number;
    };

/** A disturbance, and how many sends have been started when it comes. */
export type Step = Disturbance & { readonly at: number };

/** How much of each disturbance there is in a run. */
export type Amounts = Readonly<Record<Disturbance['kind'], number>>;

/** What a run is made of. The same plan gives the same schedule and the same sends. */
export interface ChaosPlan {
  readonly seed: number;
  /** Which client each member uses; `polling` is the SDK that begins with HTTP and upgrades to a WebSocket. */
  readonly clients: readonly ('reference' | 'sdk' | 'polling')[];
  readonly channels: number;
  /** Messages all clients send together. */
  readonly sends: number;
  /** Sends of one client that are under way at the same time. */
  readonly window: number;
  /** Share of the messages that are sent a second time, half of them at once and half once acknowledged. */
  readonly repeated: number;
  readonly amounts: Partial<Amounts>;
  /** A defect that the server is given, for tests of the checker. */
  readonly fault?: string;
  /** How long a client is kept away at most, in milliseconds. */
  readonly outageMs: number;
  /** How long the run may stand still before what is missing is reported, in milliseconds. */
  readonly patienceMs: number;
}

/** One message a client is going to send. */
export interface PlannedSend {
  readonly channel: number;
  readonly text: string;
  readonly repeat: 'never' | 'atOnce' | 'later';
}

const DIRECTIONS = ['toServer', 'toClient'] as const;
const STALLS: readonly [readonly Direction[], ...(readonly Direction[])[]] = [
  ['toServer'],
  ['toClient'],
  ['toClient'],
  DIRECTIONS,
];

type Describe = (random: Random, plan: ChaosPlan) => Disturbance;

const client = (random: Random, { clients }: ChaosPlan) => random.below(clients.length);
const someSends = (random: Random, { sends }: ChaosPlan) => 5 + random.below(Math.max(10, sends / 25));
const manySends = (random: Random, { sends }: ChaosPlan) => 10 + random.below(sends / 3);
const manage =
  (kind: 'delete' | 'clear' | 'update'): Describe =>
  (random, plan) => ({ kind, client: client(random, plan), channel: random.below(plan.channels) });

const DESCRIBE: Readonly<Record<Disturbance['kind'], Describe>> = {
  kill: () => ({ kind: 'kill' }),
  cut: (random, plan) => ({ kind: 'cut', client: client(random, plan) }),
  cutInPacket: (random, plan) => ({
    ...{ kind: 'cutInPacket', client: client(random, plan), direction: random.pick(DIRECTIONS) },
  }),
  loseAcknowledgements: (random, plan) => ({ kind: 'loseAcknowledgements', client: client(random, plan) }),
  outage: (random, plan) => ({
    ...{ kind: 'outage', client: client(random, plan), forSends: manySends(random, plan) },
  }),
  stall: (random, plan) => ({
    ...{ kind: 'stall', client: client(random, plan), directions: random.pick(STALLS) },
    forSends: someSends(random, plan),
  }),
  delete: manage('delete'),
  clear: manage('clear'),
  update: manage('update'),
};

const KINDS = [
  'kill',
  'cut',
  'cutInPacket',
  'loseAcknowledgements',
  'outage',
  'stall',
  'delete',
  'clear',
  'update',
] as const;

/** Everything that is going to happen, in order: each kind spread over the run, at random moments. */
export function createSchedule(plan: ChaosPlan): Step[] {
  const random = createRandom(toPartSeed(plan.seed, 0));
  const steps = KINDS.flatMap((kind) => {
    const amount = plan.amounts[kind] ?? 0;
    const stretch = (plan.sends * 0.9) / Math.max(1, amount);
    return Array.from({ length: amount }, (_, index): Step => {
      const at = Math.floor(plan.sends * 0.05 + stretch * index) + random.below(Math.max(1, stretch));
      return { ...DESCRIBE[kind](random, plan), at };
    });
  });
  return steps.sort((one, other) => one.at - other.at);
}

/** What one client sends, in order. Every text is there once in a run and names its message. */
export function createSends(plan: ChaosPlan, index: number): PlannedSend[] {
  const random = createRandom(toPartSeed(plan.seed, index + 1));
  const share = Math.floor(plan.sends / plan.clients.length);
  const count = index === 0 ? plan.sends - share * (plan.clients.length - 1) : share;
  return Array.from({ length: count }, (_, number) => {
    const channel = random.below(plan.channels);
    const repeat = random.chance(plan.repeated) ? random.pick(['atOnce', 'later'] as const) : 'never';
    return { channel, text: `c${index}-${number + 1}`, repeat };
  });
}
