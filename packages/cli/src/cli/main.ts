import { WirepactError } from '@wirepact/contract/runtime';
import { BUILD_USAGE, runBuild } from './build';
import { DIFF_USAGE, runDiff } from './diff';
import { INIT_USAGE, runInit } from './init';
import type { CommandIo, ExitCode } from './io';

interface Command {
  readonly usage: string;
  readonly run: (args: readonly string[], io: CommandIo) => ExitCode | Promise<ExitCode>;
}

const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['build', { usage: BUILD_USAGE, run: runBuild }],
  ['diff', { usage: DIFF_USAGE, run: runDiff }],
  ['init', { usage: INIT_USAGE, run: runInit }],
]);

const USAGE = ['Usage:', ...[...COMMANDS.values()].map(({ usage }) => usage)].join('\n\n');

const HELP: readonly string[] = ['--help', '-h', 'help'];

/** What to print where help is asked for: with a command, or with `help` before it, that of the command. */
function helpFor([first = '', ...rest]: readonly string[]): string | undefined {
  if (HELP.includes(first)) return COMMANDS.get(rest[0] ?? '')?.usage ?? USAGE;
  const isAsked = rest.some((argument) => argument !== 'help' && HELP.includes(argument));
  return isAsked ? COMMANDS.get(first)?.usage : undefined;
}

const isUsageError = (error: unknown) =>
  error instanceof Error && String(Reflect.get(error, 'code')).startsWith('ERR_PARSE_ARGS');

/** Whether the system refused to read or write a file. */
const isSystemError = (error: unknown) => error instanceof Error && 'syscall' in error;

/** The `wirepact` command: what it is called with, and the code to exit with. Rejects only where it is itself at fault. */
export async function runCommand(argv: readonly string[], io: CommandIo): Promise<ExitCode> {
  const [name = '', ...args] = argv;
  const help = helpFor(argv);
  if (help !== undefined) {
    io.out(help);
    return 0;
  }
  const command = COMMANDS.get(name);
  if (!command) {
    io.err(
      `${name === '' ? 'A command is missing.' : `There is no command ${JSON.stringify(name)}.`}\n\n${USAGE}`,
    );
    return 2;
  }
  try {
    return await command.run(args, io);
  } catch (error) {
    if (error instanceof WirepactError) io.err(`${error.code}: ${error.message}`);
    else if (isSystemError(error)) io.err(String(Object(error).message));
    else if (!isUsageError(error)) throw error;
    else io.err(`${String(Object(error).message)}\n\n${command.usage}`);
    return 2;
  }
}
