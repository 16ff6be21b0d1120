import { type CheckResult, count, groupResults, type Outcome, type Report } from './report';

/** What stands for an outcome. */
const MARKS: Readonly<Record<Outcome, string>> = { passed: '✓', failed: '✗', skipped: '-', unknown: '?' };

const WIDTH = 78;

/** One line while a run is under way: how far it is, and what is looked at. */
export function formatProgress(result: CheckResult, done: number, all: number): string {
  const line = `${String(done).padStart(String(all).length)}/${all} ${result.transport} ${result.rule} ${result.title}`;
  return line.length > WIDTH ? `${line.slice(0, WIDTH - 1)}…` : line;
}

function formatResult({ outcome, rule, title, message, says }: CheckResult): string[] {
  const lines = [`  ${MARKS[outcome]} ${rule.padEnd(12)} ${title}`];
  if (message !== undefined) lines.push(`      ${message}`);
  if (outcome === 'failed' && says !== undefined) lines.push(`      The document: ${says}`);
  return lines;
}

/** How many checks of a group have each outcome. */
const summarize = (results: readonly CheckResult[]): string =>
  (['passed', 'failed', 'skipped', 'unknown'] as const)
    .map((outcome) => [count({ results }, outcome), outcome] as const)
    .filter(([number, outcome]) => number > 0 || outcome === 'passed')
    .map(([number, outcome]) => `${number} ${outcome === 'unknown' ? 'not found out' : outcome}`)
    .join(', ');

/** A table for people: what failed, what was skipped and why, and with `isWhole` what passed as well. */
export function formatTable(report: Report, isWhole: boolean): string {
  const groups = [...groupResults(report)].flatMap(([name, results]) => {
    const shown = results.filter(({ outcome }) => isWhole || outcome !== 'passed');
    return [`${name}: ${summarize(results)}`, ...shown.flatMap(formatResult), ''];
  });
  return [...groups, `${report.url}: ${summarize(report.results)} (seed ${report.seed})`].join('\n');
}
