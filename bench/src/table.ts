import { type Figure, ratiosTo, type Subject } from './figure';
import { RIVAL_GOAL } from './goals';
import { type Spread, spreadOf } from './statistics';
import { NAMES } from './subject-names';

const HEADER = ['measured', 'unit', 'of', 'median', 'min – max', 'ratio', 'min – max'];

const formatRange = ({ min, max }: Spread, decimals: number) =>
  `${min.toFixed(decimals)} – ${max.toFixed(decimals)}`;

function toRow(figure: Figure, subject: Subject, values: readonly number[]): string[] {
  const spread = spreadOf(values);
  const ratio = spreadOf(ratiosTo(figure, figure.baseline, subject));
  const own = [spread.median.toFixed(figure.decimals), formatRange(spread, figure.decimals)];
  const compared =
    subject === figure.baseline ? ['1.00', ''] : [ratio.median.toFixed(2), formatRange(ratio, 2)];
  return [figure.title, figure.unit, NAMES[subject], ...own, ...compared];
}

const toRows = (figures: readonly Figure[]) =>
  figures.flatMap((figure) => [...figure.samples].map(([subject, values]) => toRow(figure, subject, values)));

/** Rows as a Markdown table with aligned columns, which reads well in a terminal too; the first is its head. */
export function alignRows(rows: readonly (readonly string[])[]): string {
  const columns = rows[0] ?? [];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const toLine = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = toLine(widths.map((width) => '-'.repeat(width)));
  const [header = '', ...body] = rows.map(toLine);
  return [header, rule, ...body].join('\n');
}

/** The figures as a table. */
export const toTable = (figures: readonly Figure[]): string => alignRows([HEADER, ...toRows(figures)]);

/** A ratio that is to be met, and of whom to whom. */
interface Judged {
  readonly subject: Subject;
  readonly baseline: Subject;
  readonly goal: number;
}

/** What of a figure has a goal. */
function listJudged({ samples, goals = {}, rivals = [], baseline }: Figure): Judged[] {
  const own = [...samples.keys()].flatMap((subject) => {
    const goal = goals[subject];
    return goal === undefined ? [] : [{ subject, baseline, goal }];
  });
  return [...own, ...rivals.map((rival): Judged => ({ subject: 'ours', baseline: rival, goal: RIVAL_GOAL }))];
}

function toVerdict(figure: Figure, { subject, baseline, goal }: Judged): string {
  const { median } = spreadOf(ratiosTo(figure, baseline, subject));
  const isMet = figure.isRate ? median >= goal : median <= goal;
  const compared = `${NAMES[subject]}: ${median.toFixed(2)} × ${NAMES[baseline]}`;
  const wanted = `goal ${figure.isRate ? '≥' : '≤'} ${goal}`;
  return `- ${figure.title}, ${figure.unit}: ${compared}; ${wanted}: ${isMet ? 'met' : 'missed'}`;
}

/** One line for everything that has a goal: whether the ratio meets it. */
export const toVerdicts = (figures: readonly Figure[]): string =>
  figures.flatMap((figure) => listJudged(figure).map((judged) => toVerdict(figure, judged))).join('\n');
