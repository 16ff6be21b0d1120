import { toCode } from '../code-span';

/** Text outside of code spans, where `<` would begin a tag. */
const escapeTags = (text: string) =>
  text
    .split(/(`+[^`]*`+)/)
    .map((part, index) => (index % 2 === 0 ? part.replaceAll('<', '&lt;') : part))
    .join('');

/** A description, which is Markdown, as a paragraph. */
export const toParagraph = (text: string): string => escapeTags(text.trim());

/** The content of a table's cell: on one line, and with no end of the cell inside. */
export const toCell = (markdown: string): string =>
  markdown
    .trim()
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .replace(/\\*\|/g, (match) => (match.length % 2 === 1 ? `${match.slice(0, -1)}\\|` : match));

const toRow = (cells: readonly string[]) => `| ${cells.map(toCell).join(' | ')} |`;

/** A table. The cells are Markdown; what would end one is escaped. */
export const toTable = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [toRow(header), `|${' --- |'.repeat(header.length)}`, ...rows.map(toRow)].join('\n');

/** A block of JSON; its fence is longer than any inside. */
export const toJsonBlock = (value: unknown): string => {
  const text = JSON.stringify(value, undefined, 2);
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}json\n${text}\n${fence}`;
};

/** The name of a place in the page: headings of different kinds may be alike. */
export const toAnchor = (kind: string, name: string): string =>
  `${kind}-${name.replace(/[^\w-]/gu, (character) => `.${character.codePointAt(0)?.toString(16)}`)}`;

/** A heading with a place of its own to link to. */
export const toHeading = (level: number, kind: string, name: string): string =>
  `${'#'.repeat(level)} <a id="${toAnchor(kind, name)}"></a>${toCode(name)}`;
