import { execFile } from 'node:child_process';

/** How a command ended. */
export interface CommandResult {
  readonly exitCode: number;
  /** What it printed, on both streams. */
  readonly output: string;
}

/** The environment without what this test run has set for itself. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const { NODE_ENV: _mode, NODE_OPTIONS: _options, VITEST: _vitest, ...environment } = process.env;
  return environment;
}

/** Runs a command to its end, whatever that is. */
export const tryCommand = (command: string, args: readonly string[], cwd: string): Promise<CommandResult> =>
  new Promise((resolve) => {
    const child = execFile(command, args, { cwd, env: plainEnvironment() }, (_error, stdout, stderr) =>
      resolve({ exitCode: child.exitCode ?? 1, output: stdout + stderr }),
    );
  });

/** Runs a command that must succeed, and answers with what it printed. */
export async function runCommand(command: string, args: readonly string[], cwd: string): Promise<string> {
  const { exitCode, output } = await tryCommand(command, args, cwd);
  if (exitCode !== 0) throw new Error(`${command} ${args.join(' ')} exited with ${exitCode}:\n${output}`);
  return output;
}
