import type { Point } from './trend';

/** One thing over time, in a plot of its own. */
export interface Series {
  readonly title: string;
  readonly unit: string;
  readonly points: readonly Point[];
}

const WIDTH = 720;
const HEIGHT = 150;
const LEFT = 70;
const RIGHT = 20;
const TOP = 34;
const BOTTOM = 26;
const MS_PER_MINUTE = 60_000;
const TICKS = 3;

const round = (value: number) => Number(value.toPrecision(4)).toLocaleString('en');

/** A series from zero up: what is flat looks flat. */
function plot({ title, unit, points }: Series, index: number, minutes: number): string {
  const highest = Math.max(1, ...points.map(({ value }) => value)) * 1.1;
  const height = HEIGHT - TOP - BOTTOM;
  const toX = (at: number) => LEFT + (at / MS_PER_MINUTE / minutes) * (WIDTH - LEFT - RIGHT);
  const toY = (value: number) => TOP + height * (1 - value / highest);
  const path = points.map(({ at, value }) => `${toX(at).toFixed(1)},${toY(value).toFixed(1)}`).join(' ');
  const rows = Array.from({ length: TICKS }, (_, tick) => (highest * tick) / (TICKS - 1)).map((value) => {
    const y = toY(value).toFixed(1);
    return `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y}" y2="${y}" class="grid"/><text x="${LEFT - 8}" y="${y}" dy="4" class="axis" text-anchor="end">${round(value)}</text>`;
  });
  return [
    `<g transform="translate(0 ${index * HEIGHT})">`,
    `<text x="${LEFT}" y="20" class="title">${title} (${unit})</text>`,
    ...rows,
    `<polyline points="${path}" class="line"/>`,
    `<text x="${LEFT}" y="${HEIGHT - 8}" class="axis">0</text>`,
    `<text x="${WIDTH - RIGHT}" y="${HEIGHT - 8}" class="axis" text-anchor="end">${round(minutes)} min</text>`,
    '</g>',
  ].join('\n');
}

const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #57606a }
  .title { font-weight: 600; fill: #24292f }
  .grid { stroke: #d0d7de }
  .line { fill: none; stroke: #0969da; stroke-width: 1.5 }
  @media (prefers-color-scheme: dark) {
    text { fill: #8b949e } .title { fill: #e6edf3 } .grid { stroke: #30363d } .line { stroke: #58a6ff }
  }`;

/** Plots one below the other, as SVG, in the reader's light or dark. */
export function toPlots(series: readonly Series[], minutes: number): string {
  const height = series.length * HEIGHT;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img">`,
    `<title>${series.map(({ title }) => title).join(', ')} over time</title>`,
    `<style>${STYLE}</style>`,
    ...series.map((one, index) => plot(one, index, minutes)),
    '</svg>\n',
  ].join('\n');
}
