import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { CpuAnswer, ListenersAnswer, Listening, MemoryAnswer, Question } from './server-messages';
import type { Variant } from './variant';

const ENTRY = fileURLToPath(new URL('./server-process.js', import.meta.url));
const ANSWER_TIMEOUT_MS = 20_000;
const STOP_TIMEOUT_MS = 3_000;

/** A server in a process of its own. */
export interface ServerHandle {
  readonly variant: Variant;
  readonly port: number;
  readonly pid: number;
  /** CPU time of the server's process so far, in microseconds. */
  readCpuMicros(): Promise<number>;
  /** Bytes the server's process holds after garbage collection. */
  readMemory(): Promise<MemoryAnswer>;
  /** How much in the server's process listens to something, where it counts that. */
  countListeners(): Promise<number>;
  stop(): Promise<void>;
}

/** How server processes are started. */
export interface ServerSettings {
  /** Flags of Node for them, such as `--cpu-prof`. */
  readonly nodeOptions: readonly string[];
  /** Where a store is: a file for SQLite, a connection string for PostgreSQL; of workers, how many. */
  readonly databases?: Partial<Record<Variant, string>>;
  /** Variables of their environment, besides those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether they count listeners, which costs them memory for everything that can be listened to. */
  readonly countsListeners?: boolean;
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

async function nextMessage<Message>(child: ChildProcess): Promise<Message> {
  const ended = new AbortController();
  const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]);
  const onExit = () => ended.abort(new Error('A server process ended early.'));
  child.once('exit', onExit);
  try {
    const [message] = await once(child, 'message', { signal });
    return message;
  } finally {
    child.off('exit', onExit);
  }
}

function ask<Message>(child: ChildProcess, question: Question): Promise<Message> {
  const answered = nextMessage<Message>(child);
  child.send(question);
  return answered;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  child.send({ ask: 'stop' } satisfies Question);
  await ended;
  clearTimeout(timer);
}

/** Starts a server process. */
export async function startServer(variant: Variant, settings: ServerSettings): Promise<ServerHandle> {
  const { nodeOptions, databases = {}, environment = {}, countsListeners = false } = settings;
  const child = fork(ENTRY, [variant, databases[variant] ?? '', ...(countsListeners ? ['census'] : [])], {
    execArgv: ['--expose-gc', ...nodeOptions],
    env: { ...process.env, ...environment },
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  const { port } = await nextMessage<Listening>(child);
  return {
    variant,
    port,
    pid: child.pid ?? 0,
    readCpuMicros: async () => (await ask<CpuAnswer>(child, { ask: 'cpu' })).cpuMicros,
    readMemory: () => ask<MemoryAnswer>(child, { ask: 'memory' }),
    countListeners: async () => (await ask<ListenersAnswer>(child, { ask: 'listeners' })).listeners,
    stop: () => stop(child),
  };
}
