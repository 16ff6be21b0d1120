import { writeFileSync } from 'node:fs';
import { WirepactError } from '@wirepact/contract/runtime';
import { type ConformanceOptions, listChecks, runConformance } from '../conformance';
import { formatRules } from '../report/coverage';
import { formatJunit } from '../report/junit';
import { formatMarkdown } from '../report/markdown';
import { count, type Report } from '../report/report';
import { formatProgress, formatTable } from '../report/terminal';
import { checkReachable } from './check-reachable';
import { type CommandOptions, PROFILES, readOptions, USAGE } from './options';
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

const formatJson = (report: Report) => `${JSON.stringify(report, null, 2)}\n`;

/** Writes a report where an option asks for it. @throws WirepactError `INVALID_OPTIONS` where that cannot be. */
function write(option: string, file: string | undefined, text: string): void {
  if (file === undefined) return;
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new WirepactError(
      'INVALID_OPTIONS',
      `${option} ${file} cannot be written: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

function exitCode(report: Report): ExitCode {
  if (count(report, 'failed') > 0) return 1;
  return count(report, 'unknown') > 0 || count(report, 'passed') === 0 ? 2 : 0;
}

async function run(
  url: string,
  conformance: ConformanceOptions,
  { files, verbose }: CommandOptions,
  io: CommandIo,
): Promise<ExitCode> {
  await checkReachable(url);
  let done = 0;
  const report = await runConformance(url, conformance, (result, all) => {
    done += 1;
    io.progress(formatProgress(result, done, all));
  });
  io.progress('');
  io.out(formatTable(report, verbose));
  write('--json', files.json, formatJson(report));
  write('--junit', files.junit, formatJunit(report));
  write('--markdown', files.markdown, formatMarkdown(report));
  return exitCode(report);
}

function listAll(conformance: ConformanceOptions, io: CommandIo): ExitCode {
  const known = PROFILES.filter((name) => name !== 'contract' || conformance.contract);
  const { profiles = known } = conformance;
  io.out(formatRules(listChecks({ ...conformance, profiles, floods: true, transports: ['websocket'] })));
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
    const { url, contract } = options;
    const conformance: ConformanceOptions = {
      ...options.conformance,
      ...(contract !== undefined && { contract: await readContract(contract) }),
    };
    if (options.rules || url === undefined) return listAll(conformance, io);
    return await run(url, conformance, options, io);
  } catch (error) {
    if (!(error instanceof WirepactError) && !isUsageError(error)) throw error;
    const told =
      error instanceof WirepactError ? `${error.code}: ${error.message}` : String(Object(error).message);
    const isCalledWrong = Object(error).code !== 'CONNECTION_FAILED';
    io.err(isCalledWrong ? `${told}\n\n${USAGE}` : told);
    return 2;
  }
}
