import { setTimeout as delay } from 'node:timers/promises';
import { startListenerCensus } from './listener-census';
import type { CpuAnswer, ListenersAnswer, Listening, MemoryAnswer, Question } from './server-messages';
import { startFeed } from './servers/feed';
import {
  startAnswering,
  startNode,
  startOurs,
  startPostgres,
  startSqlite,
  startWithDialects,
} from './servers/ours';
import { startEcho, startPlain, startPlainAnswering } from './servers/plain';
import { startRelay, startRelayWorkers } from './servers/relay';
import { isVariant, type Variant } from './variant';

/** Rivals are loaded by those that run them: no other process carries their libraries. */
const STARTS: Record<Variant, (database: string) => Promise<number>> = {
  ours: startOurs,
  sqlite: startSqlite,
  postgres: startPostgres,
  plain: startPlain,
  echo: startEcho,
  feed: startFeed,
  answering: startAnswering,
  plainAnswering: startPlainAnswering,
  plainWs: async () => (await import('./servers/rivals/plain-ws')).startPlainWs(),
  zodSockets: async () => (await import('./servers/rivals/zod-sockets')).startZodSockets(),
  feathers: async () => (await import('./servers/rivals/feathers')).startFeathers(),
  orpc: async () => (await import('./servers/rivals/orpc')).startOrpc(),
  trpc: async () => (await import('./servers/rivals/trpc')).startTrpc(),
  node: startNode,
  relay: startRelay,
  relayWorkers: startRelayWorkers,
  withDialects: startWithDialects,
};
/** Collections it takes until finalizers have run and freed pages went back to the system. */
const COLLECTIONS = 4;
const COLLECTION_PAUSE_MS = 50;

const reply = (answer: Listening | CpuAnswer | ListenersAnswer | MemoryAnswer) => process.send?.(answer);

async function readMemory(): Promise<MemoryAnswer> {
  for (let collection = 0; collection < COLLECTIONS; collection += 1) {
    globalThis.gc?.();
    await delay(COLLECTION_PAUSE_MS);
  }
  const { rss, heapUsed } = process.memoryUsage();
  return { rss, heapUsed };
}

function readCpu(): CpuAnswer {
  const { user, system } = process.cpuUsage();
  return { cpuMicros: user + system };
}

async function answer({ ask }: Question): Promise<void> {
  if (ask === 'cpu') reply(readCpu());
  else if (ask === 'memory') reply(await readMemory());
  else if (ask === 'listeners') reply({ listeners: countListeners?.() ?? 0 });
  else process.exit(0);
}

const [, , variant = '', database = '', census] = process.argv;
const countListeners = census === 'census' ? startListenerCensus() : undefined;
if (!isVariant(variant)) throw new Error(`There is no server called "${variant}".`);
process.on('message', (question: Question) => void answer(question));
// A server never outlives the run it belongs to.
process.on('disconnect', () => process.exit(0));
reply({ port: await STARTS[variant](database) });
