const LINE_WIDTH = 110;

/** An `@` where a line starts would be read as a tag of its own; a comment's end would end the comment. */
const escapeLine = (line: string) => line.replaceAll('*/', '*\\/').replace(/(^|\s)@/g, '$1\\@');

const toLines = (text: string) =>
  escapeLine(text.trim())
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => line.trimEnd());

/** What a documentation comment says. */
export interface JsDoc {
  /** Paragraphs, each on a line of its own; empty ones are left out. */
  readonly texts: readonly (string | undefined)[];
  /** Tags by name, such as `deprecated`; those without a text are left out. */
  readonly tags?: Readonly<Record<string, string | undefined>>;
}

const toTagLines = (tags: JsDoc['tags'] = {}): string[] =>
  Object.entries(tags).flatMap(([name, text]) => {
    if (text === undefined) return [];
    const [first = '', ...others] = toLines(text);
    return [`@${name} ${first}`.trimEnd(), ...others];
  });

/** A documentation comment and a line break, each line after `indent`; nothing where there is nothing to say. */
export function toJsDoc({ texts, tags }: JsDoc, indent = ''): string {
  const said = texts.flatMap((text) => (text?.trim() ? toLines(text) : []));
  const lines = [...said, ...toTagLines(tags)];
  const [only = ''] = lines;
  if (lines.length === 0) return '';
  if (lines.length === 1 && indent.length + only.length + 7 <= LINE_WIDTH) return `${indent}/** ${only} */\n`;
  const body = lines.map((line) => `${indent} * ${line}`.trimEnd());
  return `${indent}/**\n${body.join('\n')}\n${indent} */\n`;
}
