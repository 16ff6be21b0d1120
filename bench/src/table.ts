import { type Figure, ratiosToBaseline, type Subject } from './figure';
import { type Spread, spreadOf } from './statistics';
import { NAMES } from './subject-names';

const HEADER = ['measured', 'unit', 'of', 'median', 'min – max', 'ratio', 'min – max'];

const formatRange = ({ min, max }: Spread, decimals: number) =>
  `${min.toFixed(decimals)} – ${max.toFixed(decimals)}`;

function toRow(figure: Figure, subject: Subject, values: readonly number[]): string[] {
  const spread = spreadOf(values);
  const ratio = spreadOf(ratiosToBaseline(figure, subject));
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

function toVerdict(figure: Figure, subject: Subject, goal: number): string {
  const { median } = spreadOf(ratiosToBaseline(figure, subject));
  const isMet = figure.isRate ? median >= goal : median <= goal;
  const compared = `${NAMES[subject]}: ${median.toFixed(2)} × ${NAMES[figure.baseline]}`;
  const wanted = `goal ${figure.isRate ? '≥' : '≤'} ${goal}`;
  return `- ${figure.title}, ${figure.unit}: ${compared}; ${wanted}: ${isMet ? 'met' : 'missed'}`;
}

/** One line for everything that has a goal: whether the ratio meets it. */
export function toVerdicts(figures: readonly Figure[]): string {
  const lines = figures.flatMap((figure) =>
    [...figure.samples.keys()].flatMap((subject) => {
      const goal = figure.goals?.[subject];
      return goal === undefined ? [] : [toVerdict(figure, subject, goal)];
    }),
  );
  return lines.join('\n');
}
