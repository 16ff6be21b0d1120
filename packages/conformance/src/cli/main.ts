import { writeFileSync } from 'node:fs';
import { WirepactError } from '@wirepact/contract/runtime';
import { listChecks, runConformance } from '../conformance';
import { formatRules } from '../report/coverage';
import { formatJunit } from '../report/junit';
import { formatMarkdown } from '../report/markdown';
import { count, type Report } from '../report/report';
import { formatProgress, formatTable } from '../report/terminal';
import { type CommandOptions, readOptions, USAGE } from './options';
import { readContract } from './read-contract';

/** Where the command writes to. */
export interface CommandIo {
  /** Results, a line or several at a time. */
  readonly out: (text: string) => void;
  /** What is wrong with how it was called. */
  readonly err: (text: string) => void;
  /** A line that takes the place of the one before; empty where there is nothing more to say. */
  readonly progress: (line: string) => void;
}

/** What the command ends with: 0 the server keeps to every rule, 1 it does not, 2 that could not be found out. */
export type ExitCode = 0 | 1 | 2;

const FORMS: Readonly<Record<keyof CommandOptions['files'], (report: Report) => string>> = {
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
  junit: formatJunit,
  markdown: formatMarkdown,
};

function exitCode(report: Report): ExitCode {
  if (count(report, 'failed') > 0) return 1;
  return count(report, 'unknown') > 0 || count(report, 'passed') === 0 ? 2 : 0;
}

async function run(options: CommandOptions, url: string, io: CommandIo): Promise<ExitCode> {
  const { conformance, contract: path, files, verbose } = options;
  const contract = path === undefined ? undefined : await readContract(path);
  let done = 0;
  const report = await runConformance(url, { ...conformance, contract }, (result, all) => {
    done += 1;
    io.progress(formatProgress(result, done, all));
  });
  io.progress('');
  for (const [form, format] of Object.entries(FORMS)) {
    const file = new Map(Object.entries(files)).get(form);
    if (file !== undefined) writeFileSync(file, format(report));
  }
  io.out(formatTable(report, verbose));
  return exitCode(report);
}

async function listAll({ conformance, contract: path }: CommandOptions, io: CommandIo): Promise<ExitCode> {
  const contract = path === undefined ? undefined : await readContract(path);
  const profiles = conformance.profiles ?? [
    'document',
    'wirepact',
    'elizaos',
    ...(contract ? (['contract'] as const) : []),
  ];
  io.out(
    formatRules(listChecks({ ...conformance, contract, profiles, floods: true, transports: ['websocket'] })),
  );
  return 0;
}

const isUsageError = (error: unknown) =>
  error instanceof Error && String(Reflect.get(error, 'code')).startsWith('ERR_PARSE_ARGS');

/** The command `conformance`: what it is called with, and the code to exit with. Rejects only where it is itself at fault. */
export async function runCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  try {
    const options = readOptions(args);
    if (options.help) {
      io.out(USAGE);
      return 0;
    }
    if (options.rules || options.url === undefined) return await listAll(options, io);
    return await run(options, options.url, io);
  } catch (error) {
    if (!(error instanceof WirepactError) && !isUsageError(error)) throw error;
    const told =
      error instanceof WirepactError ? `${error.code}: ${error.message}` : String(Object(error).message);
    io.err(`${told}\n\n${USAGE}`);
    return 2;
  }
}
