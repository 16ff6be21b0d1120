import type { Costs } from './costs';
import { type Load, loadOf } from './predict';
import type { Profile } from './profiles';

/** A core that is busy for a second, in microseconds. */
const CORE = 1_000_000;
/** How busy anything may be: beyond that bursts wait too long, which `queue.ts` shows, and nothing is left for a node that fails. */
const BUSY = 0.6;
const GIB = 2 ** 30;
const SECONDS_A_MINUTE = 60;
/** More nodes than this read one Redis and listen to one PostgreSQL nowhere. */
const MAX_NODES = 1_000;

/** Fleets are compared by so many connections. */
const STEP = 1_000;

/** What one of each may take: a node and a Redis have one core, as they compute on one. */
export const LIMITS = {
  nodeCpu: BUSY * CORE,
  nodeBytes: 4 * GIB,
  redisCpu: BUSY * CORE,
  postgresCpu: BUSY * CORE * 16,
  /** Bytes a second that its disk takes. */
  postgresLog: 200 * 2 ** 20,
} as const;

/** What gives out first. */
export type Limit =
  | 'nodes: each hears all others'
  | 'Redis: one core'
  | 'PostgreSQL: 16 cores'
  | 'PostgreSQL: its disk';

/** Nodes on one Redis and one PostgreSQL. */
export interface FleetSize {
  readonly nodes: number;
  readonly load: Load;
  /** Bytes a second: into PostgreSQL's log, through Redis to all nodes, and out to clients. */
  readonly postgresLog: number;
  readonly redisBytes: number;
  readonly deliveredBytes: number;
  /** What is over its limit; `undefined` where nothing is. */
  readonly broken: Limit | undefined;
}

/** Messages a second. */
export const rateOf = ({ active, messages }: Profile, connections: number): number =>
  (connections * active * messages) / SECONDS_A_MINUTE;

function loadOn(costs: Costs, profile: Profile, connections: number, nodes: number): Load {
  const { members, relayed } = profile;
  const rate = rateOf(profile, connections);
  const store = loadOf(costs, { talk: 'stored', nodes, members, messages: rate });
  const relay = loadOf(costs, { talk: 'relayed', nodes, members, messages: rate * relayed });
  return {
    servers: store.servers + relay.servers + connections * costs.connection.idle + nodes * costs.nodeIdle,
    redis: store.redis + relay.redis,
    postgres: store.postgres + relay.postgres,
  };
}

/** The fewest nodes on which none is too busy; `undefined` where each is already with what it hears of the others. */
function countNodes(costs: Costs, profile: Profile, connections: number): number | undefined {
  const held = Math.ceil((connections * costs.connection.bytes) / LIMITS.nodeBytes);
  // However many there are, together they do no less than one alone would.
  const done = Math.ceil(loadOn(costs, profile, connections, 1).servers / LIMITS.nodeCpu);
  const least = Math.max(1, held, done);
  const isEnough = (nodes: number) =>
    loadOn(costs, profile, connections, nodes).servers / nodes <= LIMITS.nodeCpu;
  for (let nodes = least; nodes <= MAX_NODES; nodes += 1) if (isEnough(nodes)) return nodes;
  return undefined;
}

/** What connections take where all nodes share one Redis and one PostgreSQL. */
export function sizeFleet(costs: Costs, profile: Profile, connections: number): FleetSize {
  const rate = rateOf(profile, connections);
  const counted = countNodes(costs, profile, connections);
  const nodes = counted ?? MAX_NODES;
  const load = loadOn(costs, profile, connections, nodes);
  const postgresLog = rate * costs.bytes.postgresLog;
  const limits: [boolean, Limit][] = [
    [counted === undefined, 'nodes: each hears all others'],
    [load.redis > LIMITS.redisCpu, 'Redis: one core'],
    [load.postgres > LIMITS.postgresCpu, 'PostgreSQL: 16 cores'],
    [postgresLog > LIMITS.postgresLog, 'PostgreSQL: its disk'],
  ];
  return {
    ...{ nodes, load, postgresLog },
    redisBytes: rate * profile.relayed * (costs.bytes.redisIn + nodes * costs.bytes.redisOut),
    deliveredBytes: rate * (1 + profile.relayed) * profile.members * costs.bytes.delivery,
    broken: limits.find(([isOver]) => isOver)?.[1],
  };
}

/** The most connections that one such fleet takes, and what gives out beyond. */
export function largestFleet(costs: Costs, profile: Profile): { connections: number; limit: Limit } {
  let [fits, breaks] = [0, 1];
  let limit: Limit | undefined;
  const brokenAt = (connections: number) => sizeFleet(costs, profile, connections * STEP).broken;
  for (limit = brokenAt(breaks); !limit; limit = brokenAt(breaks)) [fits, breaks] = [breaks, breaks * 2];
  while (breaks - fits > 1) {
    const middle = Math.floor((fits + breaks) / 2);
    const broken = brokenAt(middle);
    if (broken) [breaks, limit] = [middle, broken];
    else fits = middle;
  }
  return { connections: fits * STEP, limit };
}

/** Fleets of their own, each with a part of the rooms. */
export interface Cells {
  readonly cells: number;
  /** What one of them is. */
  readonly each: FleetSize;
}

/** What connections take where rooms are shared out over as many fleets as it takes, none of which takes more than `most`. */
export function sizeCells(costs: Costs, profile: Profile, connections: number, most: number): Cells {
  const cells = Math.max(1, Math.ceil(connections / Math.max(STEP, most)));
  return { cells, each: sizeFleet(costs, profile, Math.ceil(connections / cells)) };
}
