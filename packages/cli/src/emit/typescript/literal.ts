const ESCAPES: Readonly<Record<string, string>> = { "'": "\\'", '\u2028': '\\u2028', '\u2029': '\\u2029' };

/** `text` as a string literal of TypeScript, in single quotes. */
export const toStringLiteral = (text: string): string => {
  const inside = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  return `'${inside.replace(/['\u2028\u2029]/g, (character) => ESCAPES[character] ?? character)}'`;
};

const IDENTIFIER = /^[$_\p{ID_Start}][$\p{ID_Continue}]*$/u;

/** `name` as the name of a property, in quotes only where it needs them. */
export const toPropertyName = (name: string): string =>
  IDENTIFIER.test(name) ? name : toStringLiteral(name);

const toMembers = (value: object): string =>
  Object.entries(value)
    .map(([name, item]) => `${toPropertyName(name)}: ${toLiteralType(item)}`)
    .join('; ');

/** The TypeScript type that only `value` (JSON) has. */
export function toLiteralType(value: unknown): string {
  if (typeof value === 'string') return toStringLiteral(value);
  if (Array.isArray(value)) return `[${value.map(toLiteralType).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const members = toMembers(value);
  return members === '' ? '{}' : `{ ${members} }`;
}
