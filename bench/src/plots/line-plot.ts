import type { Point } from '../trend';
import { svgDocument, svgLine, svgPath, svgText, WIDTH } from './svg';

/** One thing over time, in a plot of its own. */
export interface Series {
  readonly title: string;
  readonly unit: string;
  readonly points: readonly Point[];
}

const HEIGHT = 150;
const LEFT = 70;
const RIGHT = WIDTH - 20;
const TOP = 34;
const BOTTOM = HEIGHT - 26;
const MS_PER_MINUTE = 60_000;
const TICKS = 3;

const round = (value: number) => Number(value.toPrecision(4)).toLocaleString('en');

/** A series from zero up: what is flat looks flat. */
function plot({ title, unit, points }: Series, index: number, minutes: number): string[] {
  const top = index * HEIGHT;
  const highest = Math.max(1, ...points.map(({ value }) => value)) * 1.1;
  const toX = (at: number) => LEFT + (at / MS_PER_MINUTE / minutes) * (RIGHT - LEFT);
  const toY = (value: number) => top + BOTTOM - (value / highest) * (BOTTOM - TOP);
  const rows = Array.from({ length: TICKS }, (_, tick) => (highest * tick) / (TICKS - 1)).map((value) => {
    const y = toY(value);
    return svgLine('grid', [LEFT, y], [RIGHT, y]) + svgText(round(value), { x: LEFT - 8, y, anchor: 'end' });
  });
  const below = top + BOTTOM + 14;
  return [
    svgText(`${title} (${unit})`, { x: LEFT, y: top + 16, style: 'title' }),
    ...rows,
    svgPath(points.map(({ at, value }) => [toX(at), toY(value)])),
    svgText('0', { x: LEFT, y: below }),
    svgText(`${round(minutes)} min`, { x: RIGHT, y: below, anchor: 'end' }),
  ];
}

/** Plots one below the other, as SVG. */
export const toLinePlots = (series: readonly Series[], minutes: number): string =>
  svgDocument(
    `${series.map(({ title }) => title).join(', ')} over time`,
    series.length * HEIGHT,
    series.flatMap((one, index) => plot(one, index, minutes)),
  );
