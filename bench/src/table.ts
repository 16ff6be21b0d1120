import { type Figure, ratiosToBaseline, type Subject } from './figure';
import { type Spread, spreadOf } from './statistics';

const NAMES: Record<Subject, string> = {
  ours: 'wirepact',
  sqlite: 'wirepact, SQLite',
  postgres: 'wirepact, PostgreSQL',
  plain: 'plain socket.io',
  echo: 'plain, acknowledgement only',
  feed: 'feed',
  answering: 'wirepact',
  plainAnswering: 'plain socket.io',
  node: 'wirepact, one of several',
  relay: 'relay',
  relayWorkers: 'relay, workers',
  large: 'channel of 1,000,000',
  small: 'channel of 1,000',
  longView: 'view of 30,000',
  shortView: 'view of 1,000',
  emitted: 'wirepact, emitted',
  interpreted: 'wirepact, not built',
  handwritten: 'written by hand',
  typebox: 'typebox, compiled',
  ajv: 'ajv, compiled',
  valibot: 'valibot',
  zod: 'zod',
  events300: '300 events',
  events25: '25 events',
  plainPage: 'socket.io-client alone',
  checkedInitial: 'with checks, at once',
  checkedWhole: 'with checks and issues, one file',
  sdkInitial: 'wirepact client, at once',
  sdkWhole: 'wirepact client and issues',
  allowed: 'what is allowed',
  alone: 'one process, joined to none',
  oneNode: 'one node',
  twoNodes: 'two nodes',
  threeNodes: 'three nodes',
  twoWorkers: 'two workers of one machine',
};
/** No goal is measured on these: an acknowledgement alone shows clients less, other libraries have none of ours, and two nodes are judged. */
const UNJUDGED = new Set<Subject>(['echo', 'interpreted', 'handwritten', 'typebox', 'ajv', 'valibot', 'zod', 'alone', 'threeNodes', 'twoWorkers']);

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

function toVerdict(figure: Figure, goal: number, subject: Subject): string {
  const { median } = spreadOf(ratiosToBaseline(figure, subject));
  const verdict = median <= goal ? 'met' : 'missed';
  const compared = `${NAMES[subject]}: ${median.toFixed(2)} × ${NAMES[figure.baseline]}`;
  return `- ${figure.title}, ${figure.unit}: ${compared}; goal ≤ ${goal}: ${verdict}`;
}

/** One line for everything that has a goal: whether the ratio is within it. */
export function toVerdicts(figures: readonly Figure[]): string {
  const lines = figures.flatMap((figure) => {
    const { goal, baseline, samples } = figure;
    if (goal === undefined) return [];
    const judged = [...samples.keys()].filter((subject) => subject !== baseline && !UNJUDGED.has(subject));
    return judged.map((subject) => toVerdict(figure, goal, subject));
  });
  return lines.join('\n');
}
