/** `text` as a code span of Markdown, whatever backticks and line breaks it has. */
export function toCode(text: string): string {
  const inside = text.replace(/\s*[\r\n]+\s*/g, ' ');
  const longest = Math.max(0, ...[...inside.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const gap = inside.startsWith('`') || inside.endsWith('`') || inside === '' ? ' ' : '';
  return `${fence}${gap}${inside}${gap}${fence}`;
}
