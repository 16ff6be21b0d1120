import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));

/** An example that runs in a process of its own. */
export interface ExampleProcess {
  readonly url: string;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
}

/** The command of `pnpm start`, without the shells that pnpm runs it in: what is ended is the example itself. */
function readCommand(folder: string): [program: string, ...args: string[]] {
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const [program, ...args]: string[] = scripts.start.split(' ');
  if (program !== 'node') throw new Error(`The start command of ${folder} does not run Node.`);
  return [process.execPath, ...args];
}

async function readUrl({ stdout }: ChildProcess, name: string): Promise<string> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: stdout ?? process.stdin })) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url) return url;
    lines.push(line);
  }
  throw new Error(`The example ${name} ended before it was ready:\n${lines.join('\n')}`);
}

/** Starts an example as its `start` does, on a free port unless `environment` says otherwise; it ends with the test. */
export async function startExample(
  name: string,
  environment: Record<string, string> = {},
): Promise<ExampleProcess> {
  const cwd = join(EXAMPLES, name);
  const [program, ...args] = readCommand(cwd);
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, PORT: '0', LOG_LEVEL: 'error', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
  onTestFinished(kill);
  const url = await readUrl(child, name);
  // Nothing reads its output from here on.
  child.stdout?.resume();
  return { url, kill };
}
