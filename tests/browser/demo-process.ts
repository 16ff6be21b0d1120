import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const DEMO_DIRECTORY = fileURLToPath(new URL('../../apps/demo/', import.meta.url));

const DEFAULTS = { PORT: '0', WIREPACT_RATE_LIMIT_POINTS: '1000', WIREPACT_DATABASE: ':memory:' };

/** A demo that runs in a process of its own. */
export interface DemoProcess {
  readonly url: string;
  /** Asks it to end; resolves with its exit code. */
  stop(): Promise<number | null>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
}

/** Builds the demo as its package does. */
export async function buildDemo(): Promise<void> {
  await promisify(execFile)('pnpm', ['--filter', '@wirepact/demo', 'build'], {
    cwd: DEMO_DIRECTORY,
    // Vitest's own would have React's checks of development in the page.
    env: { ...process.env, NODE_ENV: 'production' },
  });
}

async function readUrl({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('The demo has no output.');
  for await (const line of createInterface({ input: stdout })) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url) return url;
  }
  throw new Error('The demo ended before it was ready.');
}

/** Starts the built demo, on a free port and with nothing kept unless `environment` says otherwise. */
export async function startDemo(environment: Record<string, string> = {}): Promise<DemoProcess> {
  const child = spawn(process.execPath, ['dist/server.js'], {
    cwd: DEMO_DIRECTORY,
    env: { ...process.env, ...DEFAULTS, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await readUrl(child);
  // Nothing reads its output from here on.
  child.stdout?.resume();
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
    return child.exitCode;
  };
  return {
    url,
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
  };
}

/** Starts a demo that is expected not to; resolves with how it ended and what it said. */
export async function startFailingDemo(environment: Record<string, string>) {
  const child = spawn(process.execPath, ['dist/server.js'], {
    cwd: DEMO_DIRECTORY,
    env: { ...process.env, ...DEFAULTS, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [output, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return { code: typeof code === 'number' ? code : null, output };
}
