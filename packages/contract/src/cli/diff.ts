import { parseArgs } from 'node:util';
import { checkVersion, type VersionProblem } from '../diff/check-version';
import type { ContractDiff } from '../diff/contract-change';
import { diffContracts } from '../diff/diff';
import { formatDiff } from '../diff/format-diff';
import { WirepactError } from '../error';
import { readDocument } from './read-document';

/** Where a command writes to, a line at a time. */
export interface CommandIo {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/** What a command ends with: 0 all is well, 1 it is not, 2 it could not be found out. */
export type ExitCode = 0 | 1 | 2;

const USAGE = `Usage: wirepact diff OLD NEW [--json]

Compares two contract documents (schema.json) and says what breaks whom.

  --json   print the changes and the verdict as JSON
  --help   print this

Exit codes: 0 nothing breaks, or the new version says so; 1 something breaks, and the version is not raised enough;
2 wrong usage, or a file that can not be read.`;

/** What is decided about a diff. */
interface Verdict {
  readonly ok: boolean;
  readonly problem?: VersionProblem;
}

const verdictOf = ({ bump }: ContractDiff, problem: VersionProblem | undefined): Verdict =>
  problem ? { ok: bump !== 'major', problem } : { ok: true };

function verdictText({ bump }: ContractDiff, { ok, problem }: Verdict): string {
  if (problem) return `${ok ? 'Note' : 'Failed'}: ${problem.message}`;
  return bump === 'major' ? 'Passed: it breaks, and the version says so.' : 'Passed: nothing breaks.';
}

async function compare(oldPath: string, newPath: string, json: boolean, io: CommandIo): Promise<ExitCode> {
  const before = await readDocument(oldPath);
  const after = await readDocument(newPath);
  const diff = diffContracts(before, after);
  const verdict = verdictOf(diff, checkVersion(before, after, diff));
  if (json) io.out(JSON.stringify({ ...diff, verdict }, null, 2));
  else
    io.out(
      `${before.title} ${before.version} -> ${after.version}\n\n${formatDiff(diff)}\n${verdictText(diff, verdict)}`,
    );
  return verdict.ok ? 0 : 1;
}

/** The arguments of the command; `undefined` where they are not such as it takes. */
function parse(args: readonly string[]) {
  try {
    const options = {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    } as const;
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch {
    return undefined;
  }
}

/** Runs `wirepact diff`: compares two contract documents and answers with the code to exit with. It never throws. */
export async function runDiff(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const parsed = parse(args);
  if (parsed?.values.help) {
    io.out(USAGE);
    return 0;
  }
  const [oldPath, newPath, ...rest] = parsed?.positionals ?? [];
  if (!parsed || oldPath === undefined || newPath === undefined || rest.length > 0) {
    io.err(`${USAGE}\n\nGive two paths and nothing else; got: ${args.join(' ') || 'nothing'}`);
    return 2;
  }
  try {
    return await compare(oldPath, newPath, parsed.values.json, io);
  } catch (error) {
    io.err(error instanceof WirepactError ? `${error.code}: ${error.message}` : `INTERNAL: ${String(error)}`);
    return 2;
  }
}
