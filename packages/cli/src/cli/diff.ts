import { copyFileSync, existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { WirepactError } from '@wirepact/contract/runtime';
import type { ContractDocument } from '../contract-document';
import { checkVersion, type VersionProblem } from '../diff/check-version';
import type { ContractDiff } from '../diff/contract-change';
import { compareDocuments } from '../diff/diff';
import { formatDiff } from '../diff/format-diff';
import type { CommandIo, ExitCode } from './io';
import { checkPackageVersion } from './package-version';
import { readDocumentFile } from './read-document-file';

/** How `wirepact diff` is used. */
export const DIFF_USAGE = `wirepact diff OLD NEW [--json] [--accept]

  Compares two contract documents (schema.json) and says what breaks whom.

  --json    print the changes and the verdict as JSON
  --accept  where all is well, NEW takes the place of OLD; the first time, OLD may be missing

  Every change asks for a part of the version: one that breaks somebody for the first, something new for the second,
  other words for the third. A package whose main export lies beside NEW has the version of the contract.

  Exit codes: 0 nothing has changed, or the version says what; 1 a version is not what it has to be; 2 wrong usage, or
  a file that cannot be read.`;

/** What is decided about a diff. */
interface Verdict {
  readonly ok: boolean;
  readonly problem?: VersionProblem;
}

const verdictOf = (problem: VersionProblem | undefined): Verdict =>
  problem ? { ok: false, problem } : { ok: true };

const PASSED: Readonly<Record<ContractDiff['bump'], string>> = {
  major: 'Passed: it breaks, and the version says so.',
  minor: 'Passed: nothing breaks, and the version says that there is more.',
  patch: 'Passed: nothing breaks.',
  none: 'Passed: nothing has changed.',
};

/** What to do about a problem. */
function nextOf({ next, needed }: VersionProblem): string {
  if (next !== undefined) return `Next: ${next}`;
  const version = needed === undefined ? '' : ` to ${needed}`;
  return `Next: raise \`version\` in the contract${version}, run \`wirepact build\`, and compare again.`;
}

const verdictText = ({ bump }: ContractDiff, { problem }: Verdict): string =>
  problem ? `Failed: ${problem.message}\n${nextOf(problem)}` : PASSED[bump];

/** What is at the old place: the new document itself, where there is nothing yet and the new one is to be accepted. */
function readBefore(path: string, newPath: string, after: ContractDocument, accept: boolean) {
  if (existsSync(path)) return readDocumentFile(path);
  if (accept) return after;
  throw new WirepactError(
    'INVALID_CONTRACT',
    `${path} is not there, so there is nothing to compare with. Before the first release, accept what there is:\n` +
      `Next: wirepact diff ${path} ${newPath} --accept`,
  );
}

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
  const after = await readDocumentFile(newPath);
  const before = await readBefore(oldPath, newPath, after, values.accept);
  const diff = compareDocuments(before, after);
  const verdict = verdictOf(checkVersion(before, after, diff) ?? checkPackageVersion(newPath, after));
  const title = `${before.title} ${before.version} -> ${after.version}`;
  if (values.json) io.out(JSON.stringify({ ...diff, verdict }, null, 2));
  else io.out(`${title}\n\n${formatDiff(diff)}\n${verdictText(diff, verdict)}`);
  if (values.accept && !verdict.problem) copyFileSync(newPath, oldPath);
  return verdict.ok ? 0 : 1;
}
