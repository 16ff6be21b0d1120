import { copyFileSync, existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { ContractDocument } from '../contract-document';
import { checkVersion, type VersionProblem } from '../diff/check-version';
import type { ContractDiff } from '../diff/contract-change';
import { diffContracts } from '../diff/diff';
import { formatDiff } from '../diff/format-diff';
import type { CommandIo, ExitCode } from './io';
import { readDocument } from './read-document';

export const DIFF_USAGE = `wirepact diff OLD NEW [--json] [--accept]

  Compares two contract documents (schema.json) and says what breaks whom.

  --json    print the changes and the verdict as JSON
  --accept  where all is well, NEW takes the place of OLD; the first time, OLD may be missing

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

/** What is at the old place: the new document itself, where there is nothing yet and the new one is to be accepted. */
const readBefore = (path: string, after: ContractDocument, accept: boolean) =>
  accept && !existsSync(path) ? after : readDocument(path);

/**
 * `wirepact diff`: compares two contract documents and answers with the code to exit with.
 * @throws WirepactError `INVALID_CONTRACT` where a file cannot be read or is no contract document.
 */
export async function runDiff(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, accept: { type: 'boolean', default: false } },
  });
  const [oldPath, newPath, ...rest] = positionals;
  if (oldPath === undefined || newPath === undefined || rest.length > 0) {
    io.err(`${DIFF_USAGE}\n\nGive two paths and nothing else; got: ${args.join(' ') || 'nothing'}`);
    return 2;
  }
  const after = await readDocument(newPath);
  const before = await readBefore(oldPath, after, values.accept);
  const diff = diffContracts(before, after);
  const verdict = verdictOf(diff, checkVersion(before, after, diff));
  const title = `${before.title} ${before.version} -> ${after.version}`;
  if (values.json) io.out(JSON.stringify({ ...diff, verdict }, null, 2));
  else io.out(`${title}\n\n${formatDiff(diff)}\n${verdictText(diff, verdict)}`);
  if (values.accept && !verdict.problem) copyFileSync(newPath, oldPath);
  return verdict.ok ? 0 : 1;
}
