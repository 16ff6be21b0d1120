import { svgDocument, svgLine, svgPath, svgText, WIDTH } from './svg';

/** Something that depends on something else. */
export interface Curve {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** An axis, and where it has its marks. */
export interface Axis {
  readonly title: string;
  readonly ticks: readonly number[];
  readonly isLogarithmic?: boolean;
}

const HEIGHT = 300;
const LEFT = 70;
const RIGHT = WIDTH - 240;
const TOP = 40;
const BOTTOM = HEIGHT - 44;
/** Names at the ends of curves are at least so far apart. */
const NAME = 15;

/** Where a value is on an axis, from 0 at its first mark to 1 at its last. */
function place(value: number, { ticks, isLogarithmic = false }: Axis): number {
  const scale = isLogarithmic ? Math.log10 : (number: number) => number;
  const [first = 0, last = 1] = [ticks[0], ticks.at(-1)];
  return Math.min(1, Math.max(0, (scale(value) - scale(first)) / (scale(last) - scale(first))));
}

const describe = (tick: number) =>
  Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 }).format(tick);

/** Moves names apart that would stand on each other, from the top down. */
function spreadNames(heights: readonly number[]): number[] {
  const order = heights.map((_, index) => index).sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0));
  const spread = [...heights];
  let least = Number.NEGATIVE_INFINITY;
  for (const index of order) {
    least = Math.max(least, heights[index] ?? 0);
    spread[index] = least;
    least += NAME;
  }
  return spread;
}

/** Curves in one plot, each with its name where it ends. What is beyond an axis is at its end. */
export function toCurvePlot(title: string, x: Axis, y: Axis, curves: readonly Curve[]): string {
  const toX = (value: number) => LEFT + place(value, x) * (RIGHT - LEFT);
  const toY = (value: number) => BOTTOM - place(value, y) * (BOTTOM - TOP);
  const names = spreadNames(curves.map(({ points }) => toY(points.at(-1)?.[1] ?? 0)));
  return svgDocument(title, HEIGHT, [
    svgText(`${title}: ${y.title}`, { x: LEFT, y: 16, style: 'title' }),
    ...y.ticks.flatMap((tick) => [
      svgLine('grid', [LEFT, toY(tick)], [RIGHT, toY(tick)]),
      svgText(describe(tick), { x: LEFT - 8, y: toY(tick), anchor: 'end' }),
    ]),
    ...x.ticks.map((tick) => svgText(describe(tick), { x: toX(tick) - 8, y: BOTTOM + 14 })),
    svgText(x.title, { x: LEFT, y: BOTTOM + 32 }),
    ...curves.flatMap(({ name, points }, index) => [
      svgPath(points.map(([from, to]) => [toX(from), toY(to)])),
      svgText(name, { x: toX(points.at(-1)?.[0] ?? 0) + 6, y: names[index] ?? 0 }),
    ]),
  ]);
}
