import { type Figure, ratiosTo, type Subject } from '../figure';
import { type Spread, spreadOf } from '../statistics';
import { NAMES, OTHERS } from '../subject-names';
import { svgBar, svgDocument, svgLine, svgText, WIDTH } from './svg';

const NAMES_END = 200;
const BARS_START = NAMES_END + 8;
const BARS_END = WIDTH - 150;
const ROW = 20;
const BAR = 12;
const HEADING = 28;
const GAP = 12;
/** Room beside the longest bar, for a part of its whisker. */
const ROOM = 1.15;

/** A subject and its ratio to the baseline of its figure. */
interface Bar {
  readonly subject: Subject;
  readonly ratio: Spread;
}

const toBars = (figure: Figure): Bar[] =>
  [...figure.samples.keys()].map((subject) => ({
    subject,
    ratio: spreadOf(ratiosTo(figure, figure.baseline, subject)),
  }));

/** The ratio at the end of the axis: all bars fit, while a whisker may go on beyond it. */
const endOfAxis = (ratios: readonly number[]): number => Math.max(1, ...ratios) * ROOM;

const describe = ({ median, min, max }: Spread) =>
  `${median.toFixed(2)}  (${min.toFixed(2)} – ${max.toFixed(2)})`;

/** A bar with its name before it, and what it says behind the axis. */
function drawBar(
  { subject, ratio }: Bar,
  { baseline, goals }: Figure,
  y: number,
  toX: (ratio: number) => number,
) {
  const goal = goals?.[subject];
  const top = y - BAR / 2;
  return [
    svgText(NAMES[subject], { x: NAMES_END, y, anchor: 'end' }),
    svgBar(
      subject === baseline || OTHERS.has(subject) ? 'other' : 'ours',
      [BARS_START, top],
      toX(ratio.median) - BARS_START,
      BAR,
    ),
    ...(goal === undefined ? [] : [svgLine('goal', [toX(goal), top - 3], [toX(goal), top + BAR + 3])]),
    ...(subject === baseline ? [] : [svgLine('whisker', [toX(ratio.min), y], [toX(ratio.max), y])]),
    svgText(subject === baseline ? '1' : describe(ratio), { x: BARS_END + 8, y }),
  ];
}

function drawFigure(figure: Figure, bars: readonly Bar[], top: number, toX: (ratio: number) => number) {
  const bottom = top + HEADING + bars.length * ROW;
  return [
    svgText(`${figure.title}: ${figure.unit}`, { x: BARS_START, y: top + HEADING / 2, style: 'title' }),
    svgLine('grid', [toX(1), top + HEADING - 4], [toX(1), bottom]),
    ...bars.flatMap((bar, index) => drawBar(bar, figure, top + HEADING + (index + 0.5) * ROW, toX)),
  ];
}

/**
 * Medians of ratios to the baseline as bars, from the least to the greatest as whiskers, goals as marks, one figure below the
 * other on one axis. Rates are left out: of what is drawn, less is better.
 */
export function toBarPlots(title: string, figures: readonly Figure[]): string {
  const drawn = figures.filter(({ isRate }) => !isRate).map((figure) => ({ figure, bars: toBars(figure) }));
  const end = endOfAxis(drawn.flatMap(({ bars }) => bars.map(({ ratio }) => ratio.median)));
  const toX = (ratio: number) => BARS_START + Math.min(1, ratio / end) * (BARS_END - BARS_START);
  const parts: string[] = [];
  let top = 0;
  for (const { figure, bars } of drawn) {
    parts.push(...drawFigure(figure, bars, top, toX));
    top += HEADING + bars.length * ROW + GAP;
  }
  return svgDocument(title, top, parts);
}
