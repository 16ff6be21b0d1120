import { type Waits, waitsOf } from './queue';

/** A node that is replaced, and those that take its clients. */
export interface Restart {
  /** Clients of the node that ends. */
  readonly connections: number;
  /** Nodes that take them. */
  readonly others: number;
  /** `drainSpreadMs` */
  readonly spreadMs: number;
  /** How long one that connects keeps a node busy, in milliseconds. */
  readonly connectMs: number;
  /** How busy the other nodes are with their own. */
  readonly busy: number;
  readonly random: () => number;
}

/** How a restart went, and how long clients were away. */
export interface Restarted extends Waits {
  /** The most that came back in one second. */
  readonly peak: number;
  /** How long a node had more to do than it could, at the longest, in milliseconds: what others there waited. */
  readonly backlog: number;
}

/** Between two steps of a drain, as the server takes them, in milliseconds. */
const STEP_MS = 100;
/** How long a client waits before it comes back, at least and at most, in milliseconds. */
const BACK_MS = [1_000, 1_500] as const;

/** When each client is told to come back: so many of them in each step. */
function tellAll(connections: number, spreadMs: number): number[] {
  const steps = Math.max(1, Math.ceil(spreadMs / STEP_MS));
  return Array.from(
    { length: connections },
    (_, index) => Math.floor((index * steps) / connections) * STEP_MS,
  );
}

/** The most that come in one second, counted in whole seconds from the first. */
export function countPeak(times: readonly number[]): number {
  const first = Math.min(...times);
  const seconds = new Map<number, number>();
  for (const time of times) {
    const second = Math.floor((time - first) / 1_000);
    seconds.set(second, (seconds.get(second) ?? 0) + 1);
  }
  return Math.max(0, ...seconds.values());
}

/** Clients are told one after the other, come back after a while, and wait until a node has time for them. */
export function simulateRestart({
  connections,
  others,
  spreadMs,
  connectMs,
  busy,
  random,
}: Restart): Restarted {
  const [least, most] = BACK_MS;
  const told = tellAll(connections, spreadMs);
  const comings = told
    .map((at) => ({ told: at, comes: at + least + random() * (most - least) }))
    .sort((a, b) => a.comes - b.comes);
  const free = new Array<number>(others).fill(0);
  const away: number[] = [];
  let backlog = 0;
  for (const one of comings) {
    const node = Math.floor(random() * others);
    const begins = Math.max(free[node] ?? 0, one.comes);
    const ends = begins + connectMs / (1 - busy);
    free[node] = ends;
    backlog = Math.max(backlog, ends - one.comes);
    away.push(ends - one.told);
  }
  return {
    ...waitsOf(away),
    peak: countPeak(comings.map(({ comes }) => comes)),
    backlog,
  };
}
