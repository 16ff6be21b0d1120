import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));

/** An example that runs in a process of its own. */
export interface ExampleProcess {
  readonly url: string;
  signal(signal: NodeJS.Signals): void;
  /** Resolves once it has printed a line that is this. */
  waitForLine(line: string): Promise<void>;
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

const readUrl = (lines: Interface, name: string) =>
  new Promise<string>((resolve, reject) => {
    const seen: string[] = [];
    lines.on('line', (line) => {
      const url = /http:\/\/[^\s;]+/.exec(line)?.[0];
      if (url) resolve(url);
      else seen.push(line);
    });
    lines.once('close', () =>
      reject(new Error(`The example ${name} ended before it was ready:\n${seen.join('\n')}`)),
    );
  });

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
  const lines = createInterface({ input: child.stdout });
  return {
    url: await readUrl(lines, name),
    kill,
    signal: (signal) => void child.kill(signal),
    waitForLine: (wanted) =>
      new Promise((resolve) => {
        lines.on('line', (line) => line === wanted && resolve());
      }),
  };
}
