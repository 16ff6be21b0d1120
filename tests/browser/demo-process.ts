import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const DEMO_DIRECTORY = fileURLToPath(new URL('../../apps/demo/', import.meta.url));

/** A demo that runs in a process of its own. */
export interface DemoProcess {
  readonly url: string;
  /** Asks it to end; resolves with its exit code. */
  stop(): Promise<number | null>;
}

/** Builds the demo as its package does, unless this runs as a task of turbo, which has built it before. */
export async function buildDemo(): Promise<void> {
  if (process.env.TURBO_HASH) return;
  await promisify(execFile)('pnpm', ['--filter', '@wirepact/demo', 'build'], { cwd: DEMO_DIRECTORY });
}

async function readUrl({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('The demo has no output.');
  for await (const line of createInterface({ input: stdout })) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url) return url;
  }
  throw new Error('The demo ended before it was ready.');
}

/** Starts the built demo, on a free port unless `environment` names one. */
export async function startDemo(environment: Record<string, string> = {}): Promise<DemoProcess> {
  const child = spawn(process.execPath, ['dist/server.js'], {
    cwd: DEMO_DIRECTORY,
    env: { ...process.env, PORT: '0', WIREPACT_RATE_LIMIT_POINTS: '1000', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await readUrl(child);
  // Nothing reads its output from here on.
  child.stdout?.resume();
  return {
    url,
    async stop() {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      const [code] = await exited;
      return typeof code === 'number' ? code : null;
    },
  };
}
