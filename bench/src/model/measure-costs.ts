import { setTimeout as delay } from 'node:timers/promises';
import { createChannelIds, join } from '../chat-load';
import { describeMachine } from '../describe-machine';
import { type BackendBytes, type Backends, withBackends } from '../fleet/backends';
import { Fleet, type FleetRooms, type FleetSample } from '../fleet/fleet';
import { relayed, stored, type Talk } from '../fleet/talk';
import { progress } from '../rounds';
import { type ServerHandle, startServer } from '../server-handle';
import { withTemporaryFolder } from '../temporary-folder';
import { connectClients, type WireClient } from '../wire-client';
import type { ByteCosts, Check, ConnectionCosts, Costs, TalkCosts, TalkName } from './costs';
import { measureRestart } from './measure-restart';
import { createRandom } from './random';

const TALKS: Readonly<Record<TalkName, Talk>> = { relayed, stored };
const SEED = 1;
/** Messages a second while costs are measured: few enough that none waits for another. */
const RATE = 120;
const WARM_UP_MS = 1_500;
const MEASURE_MS = 2_000;
/** Windows that are measured: the one in the middle counts, whatever else the machine did in the others. */
const WINDOWS = 3;
/** Several rooms: what is stored together in one room would leave in one write. */
const ROOMS = 8;
const FEW = 10;
const MANY = 60;
/** The rooms of checks, which are none of those that costs are taken from. */
const CHECKED: FleetRooms = { rooms: 5, members: 40 };
const CHECKED_NODES = [1, 2, 3];
/** Connections that do nothing, for longer than a heartbeat takes to come round. */
const IDLE = 2_000;
const FIRST = 100;
const ROOM = 50;
const IDLE_MS = 26_000;
/** Over how long a node that is replaced sends its clients elsewhere, besides all at once. */
const RESTART_MS = 5_000;
const MS_PER_SECOND = 1_000;

/** A sample, and what crossed meanwhile. */
interface Measured {
  readonly sample: FleetSample;
  readonly bytes: BackendBytes;
  readonly deliveredBytes: number;
  /** What each server takes in a second in which nothing is said. */
  readonly idle: number;
}

/** Who measures, and on what. */
interface Bench {
  readonly backends: Backends;
  readonly nodeOptions: readonly string[];
}

/** Starts nodes, has people talk, and measures what that costs. */
async function measureTalk(
  { backends, nodeOptions }: Bench,
  talk: Talk,
  processes: number,
  rooms: FleetRooms,
): Promise<Measured> {
  progress(`costs: ${talk.name}, ${processes} nodes, ${rooms.rooms} × ${rooms.members} members`);
  const fleet = await Fleet.start(talk, { processes, joinedBy: 'redis' }, rooms, backends, nodeOptions);
  try {
    await fleet.talkFor(WARM_UP_MS, 1);
    const silence = await fleet.measure(() => delay(WARM_UP_MS, 0));
    const before = await backends.readBytes();
    const random = createRandom(SEED);
    const samples: FleetSample[] = [];
    while (samples.length < WINDOWS)
      samples.push(await fleet.measure(() => fleet.talkAtRate(MEASURE_MS, RATE, random)));
    const after = await backends.readBytes();
    const messages = samples.reduce((sum, one) => sum + one.messages, 0);
    const sample = middleOf(samples);
    return {
      sample,
      bytes: {
        redisIn: (after.redisIn - before.redisIn) / messages,
        redisOut: (after.redisOut - before.redisOut) / messages,
        postgresLog: (after.postgresLog - before.postgresLog) / messages,
      },
      deliveredBytes: fleet.deliveredBytes,
      idle: silence.servers / silence.seconds / processes,
    };
  } finally {
    await fleet.stop();
  }
}

const costOf = ({ servers, redis, postgres, messages }: FleetSample) =>
  (servers + redis + postgres) / messages;

/** The sample whose messages cost neither much nor little. */
function middleOf(samples: readonly FleetSample[]): FleetSample {
  const middle = [...samples].sort((a, b) => costOf(a) - costOf(b))[Math.floor(samples.length / 2)];
  if (!middle) throw new Error('Nothing was measured.');
  return middle;
}

/** What servers take for each message, without what they take in any case. */
const ofServers = ({ sample: { byServer, seconds, messages }, idle }: Measured) =>
  byServer.map((micros) => (micros - idle * seconds) / messages);

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** Costs of a talk, from rooms that are small and large, on one node and on two, of which one may have nobody. */
async function measureTalkCosts(bench: Bench, talk: Talk): Promise<{ costs: TalkCosts; alone: Measured }> {
  const few = await measureTalk(bench, talk, 1, { rooms: ROOMS, members: FEW });
  const many = await measureTalk(bench, talk, 1, { rooms: ROOMS, members: MANY });
  const two = await measureTalk(bench, talk, 2, { rooms: ROOMS, members: FEW });
  const apart = await measureTalk(bench, talk, 2, { rooms: ROOMS, members: FEW, isOnFirst: true });
  const ofFew = sumOf(ofServers(few));
  const ofMany = sumOf(ofServers(many));
  const ofTwo = sumOf(ofServers(two));
  const deliver = (ofMany - ofFew) / (MANY - FEW);
  const each = (measured: Measured, part: 'redis' | 'postgres') =>
    measured.sample[part] / measured.sample.messages;
  return {
    alone: few,
    costs: {
      send: ofFew - FEW * deliver,
      deliver,
      hear: Math.max(0, ofTwo - ofFew),
      overhear: ofServers(apart)[1] ?? 0,
      redis: each(few, 'redis'),
      redisReader: Math.max(0, each(two, 'redis') - each(few, 'redis')),
      postgres: each(few, 'postgres'),
      postgresReader: Math.max(0, each(two, 'postgres') - each(few, 'postgres')),
    },
  };
}

/** Runs of one, two and three nodes that nothing of the costs is taken from. */
async function measureChecks(bench: Bench, name: TalkName): Promise<Check[]> {
  const checks: Check[] = [];
  for (const nodes of CHECKED_NODES) {
    const { sample } = await measureTalk(bench, TALKS[name], nodes, CHECKED);
    const { messages, seconds, servers, redis, postgres } = sample;
    checks.push({ talk: name, nodes, ...CHECKED, messages, seconds, servers, redis, postgres });
  }
  return checks;
}

/** Connects clients, one room of them after the other. */
async function connectMembers(server: ServerHandle, count: number): Promise<WireClient[]> {
  const channelIds = createChannelIds(count / ROOM);
  const clients: WireClient[] = [];
  for (const channelId of channelIds) {
    const members = await connectClients(server.port, ROOM);
    await Promise.all(members.map((client) => join(client, channelId)));
    clients.push(...members);
  }
  return clients;
}

/** What it takes to connect, to be there, and to do nothing until every heartbeat has come round once. */
async function measureConnections({ backends, nodeOptions }: Bench): Promise<ConnectionCosts> {
  progress(`costs: ${IDLE} idle connections`);
  const databases = { node: (await backends.createDatabase?.()) ?? '' };
  const environment = { REDIS_URL: backends.createRedisUrl() };
  const server = await startServer('node', { nodeOptions, databases, environment });
  try {
    const clients = await connectMembers(server, FIRST);
    const empty = await server.readMemory();
    const begun = await server.readCpuMicros();
    const start = performance.now();
    clients.push(...(await connectMembers(server, IDLE)));
    const connectMs = (performance.now() - start) / IDLE;
    const connected = await server.readCpuMicros();
    const full = await server.readMemory();
    const quiet = await server.readCpuMicros();
    await delay(IDLE_MS);
    const ended = await server.readCpuMicros();
    for (const client of clients) client.close();
    return {
      bytes: (full.rss - empty.rss) / IDLE,
      connect: (connected - begun) / IDLE,
      connectMs,
      idle: (ended - quiet) / (IDLE_MS / MS_PER_SECOND) / (IDLE + FIRST),
    };
  } finally {
    await server.stop();
  }
}

const toByteCosts = (relay: Measured, store: Measured): ByteCosts => ({
  delivery: store.deliveredBytes,
  redisIn: relay.bytes.redisIn,
  redisOut: relay.bytes.redisOut,
  postgresLog: store.bytes.postgresLog,
});

/**
 * Measures what the model counts with, and runs of one to three nodes to check it against.
 * @throws Error where there is no Redis or no PostgreSQL.
 */
export const measureCosts = (nodeOptions: readonly string[]): Promise<Costs> =>
  withTemporaryFolder(async (folder) => {
    const costs = await withBackends(folder, async (backends): Promise<Costs> => {
      if (!backends.createDatabase) throw new Error('Costs are measured on a PostgreSQL, and there is none.');
      const bench = { backends, nodeOptions };
      const relay = await measureTalkCosts(bench, relayed);
      const relayChecks = await measureChecks(bench, 'relayed');
      const store = await measureTalkCosts(bench, stored);
      const storeChecks = await measureChecks(bench, 'stored');
      return {
        run: describeMachine(),
        nodeIdle: relay.alone.idle,
        talks: { relayed: relay.costs, stored: store.costs },
        connection: await measureConnections(bench),
        bytes: toByteCosts(relay.alone, store.alone),
        restarts: [
          await measureRestart(backends, nodeOptions, 0),
          await measureRestart(backends, nodeOptions, RESTART_MS),
        ],
        checks: [...relayChecks, ...storeChecks],
      };
    });
    if (!costs) throw new Error('Costs are measured on a Redis, and there is none.');
    return costs;
  });
