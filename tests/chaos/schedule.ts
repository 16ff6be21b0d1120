import type { BackendDisturbance, Direction, Disturbance, LastWord, Step } from './disturbance';
import type { ChaosPlan, ClientKind } from './plan';
import { createRandom, type Random, toPartSeed } from './random';

const DIRECTIONS = ['toServer', 'toClient'] as const;
const STALLS: readonly [readonly Direction[], ...(readonly Direction[])[]] = [
  ['toServer'],
  ['toClient'],
  ['toClient'],
  DIRECTIONS,
];
/** What the server says while a connection is upgraded: that it may be, and that it works. */
const UPGRADE_ANSWERS = 3;
/** Longest time between a last word and its disturbance: about as long as a send is on its way. */
const MAX_HEAD_START_MS = 40;
/** How long a database, or Redis, is away at most. */
const MAX_DOWN_MS = 2_000;
/** Share of their kills and stops during which a server is killed and started, too. */
const BOTH_DOWN = 0.4;

type Describe = (random: Random, plan: ChaosPlan) => Disturbance;

const client = (random: Random, { clients }: ChaosPlan) => random.below(clients.length);

/** One of the clients of these kinds; there is one, as the plan has steps for it. */
function clientOf(kinds: readonly ClientKind[], random: Random, { clients }: ChaosPlan): number {
  const [first, ...others] = clients.flatMap((kind, index) => (kinds.includes(kind) ? [index] : []));
  if (first === undefined) throw new Error(`The plan has no client that is ${kinds.join(' or ')}.`);
  return random.pick([first, ...others]);
}

/** Any channel but the first, which lasts: only so can somebody miss much and be told all of it. */
const mortalChannel = (random: Random, { channels }: ChaosPlan) =>
  channels === 1 ? 0 : 1 + random.below(channels - 1);

const someSends = (random: Random, { sends }: ChaosPlan) => 5 + random.below(Math.max(10, sends / 25));
const manySends = (random: Random, { sends }: ChaosPlan) => 10 + random.below(sends / 3);

/** Not a reader: who asks for something and gets no answer takes its connection for dead, and is slow no more. */
const manager = (random: Random, plan: ChaosPlan) =>
  clientOf(['reference', 'sdk', 'polling', 'elizaos', 'deployed'], random, plan);

const aServer = (random: Random, { servers }: ChaosPlan) => random.below(servers);

const lastWord = (random: Random, plan: ChaosPlan): { lastWord: LastWord } => ({
  lastWord: {
    client: manager(random, plan),
    channel: random.below(plan.silentChannels),
    event: random.pick(['send', 'send', 'update', 'delete']),
    headStartMs: random.below(MAX_HEAD_START_MS),
  },
});

const backendGone =
  (kind: 'killDatabase' | 'freezeDatabase' | 'killRedis', maxMs: (plan: ChaosPlan) => number): Describe =>
  (random, plan) => ({
    ...{ kind, forMs: random.below(maxMs(plan)), ...lastWord(random, plan) },
    server: random.chance(BOTH_DOWN) ? aServer(random, plan) : undefined,
  });

const manage =
  (kind: 'delete' | 'update'): Describe =>
  (random, plan) => ({ kind, client: manager(random, plan), channel: random.below(plan.channels) });
const end =
  (kind: 'clear' | 'deleteChannel'): Describe =>
  (random, plan) => ({ kind, client: manager(random, plan), channel: mortalChannel(random, plan) });

const DESCRIBE: Readonly<Record<Disturbance['kind'], Describe>> = {
  kill: (random, plan) => ({ kind: 'kill', server: aServer(random, plan), ...lastWord(random, plan) }),
  killDatabase: backendGone('killDatabase', () => MAX_DOWN_MS),
  killRedis: backendGone('killRedis', () => MAX_DOWN_MS),
  freezeDatabase: backendGone('freezeDatabase', ({ freezeMs = 0 }) => freezeMs),
  stallDatabase: (random, plan) => ({
    ...{ kind: 'stallDatabase', forMs: random.below(plan.freezeMs ?? 0), server: aServer(random, plan) },
    ...lastWord(random, plan),
  }),
  terminateBackends: (random, plan) => ({ kind: 'terminateBackends', ...lastWord(random, plan) }),
  loseCommit: (random, plan) => ({
    ...{ kind: 'loseCommit', cuts: random.pick(['one', 'all']), ...lastWord(random, plan) },
  }),
  cut: (random, plan) => ({ kind: 'cut', client: client(random, plan) }),
  cutInPacket: (random, plan) => ({
    ...{ kind: 'cutInPacket', client: client(random, plan), direction: random.pick(DIRECTIONS) },
  }),
  cutUpgrade: (random, plan) => ({
    ...{ kind: 'cutUpgrade', client: clientOf(['polling'], random, plan) },
    answers: random.below(UPGRADE_ANSWERS),
  }),
  loseAcknowledgements: (random, plan) => ({ kind: 'loseAcknowledgements', client: client(random, plan) }),
  reload: (random, plan) => ({
    ...{
      kind: 'reload',
      client: clientOf(['sdk', 'polling', 'elizaos'], random, plan),
      afterLoss: random.chance(0.5),
    },
  }),
  outage: (random, plan) => ({
    ...{ kind: 'outage', client: client(random, plan), forSends: manySends(random, plan) },
  }),
  // A page that is reloaded knows no position: it would miss nothing.
  absence: (random, plan) => ({
    ...{ kind: 'absence', client: clientOf(['reference'], random, plan) },
    forSends: Math.floor(plan.sends * 0.4),
  }),
  slow: (random, plan) => ({
    ...{ kind: 'slow', client: clientOf(['reader'], random, plan), forSends: Math.floor(plan.sends * 0.2) },
  }),
  stall: (random, plan) => ({
    ...{ kind: 'stall', client: client(random, plan), directions: random.pick(STALLS) },
    forSends: someSends(random, plan),
  }),
  delete: manage('delete'),
  clear: end('clear'),
  update: manage('update'),
  deleteChannel: end('deleteChannel'),
};

/** Where in a run these come, as shares of its sends: the long ones have to end in it. */
const LONG = { from: 0.1, to: 0.5 };
const ANY = { from: 0.05, to: 0.95 };

const KINDS = [
  ...(['kill', 'killDatabase', 'freezeDatabase', 'stallDatabase', 'terminateBackends'] as const),
  ...(['loseCommit', 'cut', 'cutInPacket', 'loseAcknowledgements', 'outage', 'stall'] as const),
  ...(['delete', 'clear', 'update', 'deleteChannel', 'reload', 'absence', 'slow', 'cutUpgrade'] as const),
  'killRedis' as const,
];

/**
 * A server that is killed forgets what waits for a slow reader, and while all wait for a database nothing is added to it:
 * such steps are spread over the rest of the run.
 */
function moveAfter(slow: Step & { readonly kind: 'slow' }, step: Step, last: number): Step {
  const end = slow.at + slow.forSends;
  if (!isOfBackend(step) || step.at < slow.at || step.at >= end) return step;
  return { ...step, at: end + Math.floor(((step.at - slow.at) / slow.forSends) * (last - end)) };
}

/** Whether something happens to a server or its database. */
export const isOfBackend = (step: Step): step is Step & BackendDisturbance => 'lastWord' in step;

const isSlow = (step: Step): step is Step & { readonly kind: 'slow' } => step.kind === 'slow';

/** Everything that is going to happen, in order: each kind spread over the run, at random moments. */
export function createSchedule(plan: ChaosPlan): Step[] {
  const random = createRandom(toPartSeed(plan.seed, 0));
  const steps = KINDS.flatMap((kind) => {
    const amount = plan.amounts[kind] ?? 0;
    const { from, to } = kind === 'absence' || kind === 'slow' ? LONG : ANY;
    const stretch = (plan.sends * (to - from)) / Math.max(1, amount);
    return Array.from({ length: amount }, (_, index): Step => {
      const at = Math.floor(plan.sends * from + stretch * index) + random.below(Math.max(1, stretch));
      return { ...DESCRIBE[kind](random, plan), at };
    });
  });
  const last = plan.sends * ANY.to;
  const settled = steps
    .filter(isSlow)
    .reduce((all, slow) => all.map((step) => moveAfter(slow, step, last)), steps);
  return settled.sort((one, other) => one.at - other.at);
}
