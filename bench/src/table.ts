import { type Figure, ratiosToPlain } from './figure';
import { type Spread, spreadOf } from './statistics';
import type { Variant } from './variant';

const NAMES: Record<Variant, string> = {
  ours: 'wirepact',
  plain: 'plain socket.io',
  echo: 'plain, acknowledgement only',
};
const HEADER = ['measured', 'unit', 'server', 'median', 'min – max', 'ratio to plain', 'min – max'];

const formatRange = ({ min, max }: Spread, decimals: number) =>
  `${min.toFixed(decimals)} – ${max.toFixed(decimals)}`;

function toRow(figure: Figure, variant: Variant, values: readonly number[]): string[] {
  const spread = spreadOf(values);
  const ratio = spreadOf(ratiosToPlain(figure, variant));
  const own = [spread.median.toFixed(figure.decimals), formatRange(spread, figure.decimals)];
  const compared = variant === 'plain' ? ['1.00', ''] : [ratio.median.toFixed(2), formatRange(ratio, 2)];
  return [figure.title, figure.unit, NAMES[variant], ...own, ...compared];
}

const toRows = (figures: readonly Figure[]) =>
  figures.flatMap((figure) => [...figure.samples].map(([variant, values]) => toRow(figure, variant, values)));

/** The figures as a Markdown table with aligned columns, which reads well in a terminal too. */
export function toTable(figures: readonly Figure[]): string {
  const rows = [HEADER, ...toRows(figures)];
  const widths = HEADER.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const toLine = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = toLine(widths.map((width) => '-'.repeat(width)));
  const [header = '', ...body] = rows.map(toLine);
  return [header, rule, ...body].join('\n');
}

/** One line for every figure with a goal: whether the ratio is within it. */
export function toVerdicts(figures: readonly Figure[]): string {
  const lines = figures.flatMap((figure) => {
    if (figure.goal === undefined) return [];
    const { median } = spreadOf(ratiosToPlain(figure, 'ours'));
    const verdict = median <= figure.goal ? 'met' : 'missed';
    return `- ${figure.title}, ${figure.unit}: ${median.toFixed(2)} × plain; goal ≤ ${figure.goal}: ${verdict}`;
  });
  return lines.join('\n');
}
