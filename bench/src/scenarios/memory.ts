import { execFileSync } from 'node:child_process';
import { createChannelIds, join } from '../chat-load';
import type { Figure, Goals } from '../figure';
import { HEAP_GOALS, RSS_GOALS } from '../goals';
import type { RunOptions } from '../options';
import { pick, runRounds } from '../rounds';
import { serverOf, withServers } from '../server-pool';
import type { Variant } from '../variant';
import { connectClients, type WireClient } from '../wire-client';

const CONNECTIONS = 10_000;
const QUICK_CONNECTIONS = 2_000;
/** Connections before the first reading: code is compiled and tables have grown once. */
const FIRST_CONNECTIONS = 100;
/** What a process has open besides connections. */
const OTHER_FILES = 100;
const MEMBERS_PER_CHANNEL = 20;
const BYTES_PER_KB = 1024;
const COMPARED = {
  name: 'idle connection',
  variants: ['ours', 'plain'],
  baseline: 'plain',
  rss: RSS_GOALS,
  heap: HEAP_GOALS,
} as const;

/** Whose connections are compared, and what they may hold. */
export interface MemoryComparison {
  readonly name: string;
  readonly variants: readonly Variant[];
  readonly baseline: Variant;
  readonly rss: Goals;
  readonly heap: Goals;
}

/** What one idle connection holds, in KB. */
interface MemorySample {
  rss: number;
  heap: number;
}

/** Connects clients and joins each to one channel. */
async function connectMembers(port: number, count: number): Promise<WireClient[]> {
  const channelIds = createChannelIds(Math.ceil(count / MEMBERS_PER_CHANNEL));
  const clients = await connectClients(port, count);
  await Promise.all(
    clients.map((client, index) => join(client, channelIds[Math.floor(index / MEMBERS_PER_CHANNEL)] ?? '')),
  );
  return clients;
}

/** Measures a server process that nothing else ran in. */
const measureFresh = (variant: Variant, count: number, options: RunOptions): Promise<MemorySample> =>
  withServers([variant], options, async (servers) => {
    const server = serverOf(servers, variant);
    const clients = await connectMembers(server.port, FIRST_CONNECTIONS);
    const before = await server.readMemory();
    clients.push(...(await connectMembers(server.port, count)));
    const after = await server.readMemory();
    for (const client of clients) client.close();
    const perConnection = (bytes: number) => bytes / BYTES_PER_KB / count;
    return {
      rss: perConnection(after.rss - before.rss),
      heap: perConnection(after.heapUsed - before.heapUsed),
    };
  });

/** As many as wanted, or as a process may open files: each end of a connection is one. */
function countConnections(wanted: number): number {
  const allowed = Number(execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }));
  return Number.isNaN(allowed) ? wanted : Math.min(wanted, allowed - FIRST_CONNECTIONS - OTHER_FILES);
}

/** Connections that joined a channel and do nothing: what each holds. */
export const measureMemory = (options: RunOptions): Promise<Figure[]> => compareMemory(COMPARED, options);

/** What each idle connection holds, on servers of these variants. */
export async function compareMemory(
  { name, variants, baseline, rss, heap }: MemoryComparison,
  options: RunOptions,
): Promise<Figure[]> {
  const count = countConnections(options.isQuick ? QUICK_CONNECTIONS : CONNECTIONS);
  const title = `${name}, ${count.toLocaleString('en')} joined`;
  const samples = await runRounds({
    ...{ title, subjects: variants, warmUps: 0, rounds: Math.ceil(options.fewRounds / 2) },
    measure: (variant) => measureFresh(variant, count, options),
  });
  return [
    {
      ...{ title, unit: 'KB of RSS', decimals: 2, goals: rss, baseline },
      samples: pick(samples, (sample) => sample.rss),
    },
    {
      ...{ title, unit: 'KB of JavaScript heap', decimals: 2, goals: heap, baseline },
      samples: pick(samples, (sample) => sample.heap),
    },
  ];
}
