/** The width of every plot, in pixels. */
export const WIDTH = 720;

const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #57606a }
  .title { font-weight: 600; fill: #24292f }
  .grid { stroke: #d0d7de }
  .line { fill: none; stroke: #0969da; stroke-width: 1.5 }
  .ours { fill: #0969da } .other { fill: #afb8c1 }
  .whisker { stroke: #24292f } .goal { stroke: #bc4c00; stroke-width: 2 }
  @media (prefers-color-scheme: dark) {
    text { fill: #8b949e } .title { fill: #e6edf3 } .grid { stroke: #30363d } .line { stroke: #58a6ff }
    .ours { fill: #58a6ff } .other { fill: #484f58 } .whisker { stroke: #e6edf3 } .goal { stroke: #f0883e }
  }`;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escapeText = (text: string) => text.replace(/[&<>]/g, (character) => ENTITIES[character] ?? '');

/** A place as it stands in the file: a tenth of a pixel is enough. */
const at = (place: number) => place.toFixed(1);

/** Words at a place, which is the middle of their line. */
export function svgText(
  text: string,
  place: { x: number; y: number; anchor?: 'start' | 'end'; style?: 'title' },
): string {
  const { x, y, anchor = 'start', style } = place;
  const attributes = `${style ? ` class="${style}"` : ''}${anchor === 'end' ? ' text-anchor="end"' : ''}`;
  return `<text x="${at(x)}" y="${at(y)}" dy="4"${attributes}>${escapeText(text)}</text>`;
}

/** A straight line. */
export const svgLine = (
  style: 'grid' | 'whisker' | 'goal',
  from: [x: number, y: number],
  to: [x: number, y: number],
) => `<line class="${style}" x1="${at(from[0])}" y1="${at(from[1])}" x2="${at(to[0])}" y2="${at(to[1])}"/>`;

/** A line through many places. */
export const svgPath = (places: readonly (readonly [x: number, y: number])[]): string =>
  `<polyline class="line" points="${places.map(([x, y]) => `${at(x)},${at(y)}`).join(' ')}"/>`;

/** A bar that lies. */
export const svgBar = (
  style: 'ours' | 'other',
  [x, y]: [x: number, y: number],
  width: number,
  height: number,
) => `<rect class="${style}" x="${at(x)}" y="${at(y)}" width="${at(width)}" height="${at(height)}"/>`;

/** A file of its own, in the reader's light or dark. `title` is read to those who do not see it. */
export const svgDocument = (title: string, height: number, parts: readonly string[]): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img">`,
    `<title>${escapeText(title)}</title>`,
    `<style>${STYLE}</style>`,
    ...parts,
    '</svg>\n',
  ].join('\n');
