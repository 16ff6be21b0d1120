import { WirepactError } from '../error';
import { BUILD_USAGE, runBuild } from './build';
import { DIFF_USAGE, runDiff } from './diff';
import { INIT_USAGE, runInit } from './init';
import type { CommandIo, ExitCode } from './io';

type Command = (args: readonly string[], io: CommandIo) => ExitCode | Promise<ExitCode>;

const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['build', runBuild],
  ['diff', runDiff],
  ['init', runInit],
]);

const USAGE = ['Usage:', BUILD_USAGE, DIFF_USAGE, INIT_USAGE].join('\n\n');

const isUsageError = (error: unknown) =>
  error instanceof Error && String(Reflect.get(error, 'code')).startsWith('ERR_PARSE_ARGS');

/** The `wirepact` command: what it is called with, and the code to exit with. Rejects only where it is itself at fault. */
export async function runCommand(argv: readonly string[], io: CommandIo): Promise<ExitCode> {
  const [name = '', ...args] = argv;
  if (['--help', '-h', 'help'].includes(name)) {
    io.out(USAGE);
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
    return await command(args, io);
  } catch (error) {
    if (!(error instanceof WirepactError) && !isUsageError(error)) throw error;
    io.err(
      error instanceof WirepactError ? `${error.code}: ${error.message}` : String(Object(error).message),
    );
    return 2;
  }
}
