import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../../', import.meta.url);
const GENERATED = new URL('../test-results/docs/', import.meta.url);

/** The TypeScript blocks of a Markdown file, in order. */
export const readCodeBlocks = (path: string): string[] =>
  [...readFileSync(new URL(path, ROOT), 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)].map(
    ([, code = '']) => code,
  );

/** Writes a block as a module that others may import; answers with its file. */
export function writeModule(name: string, code: string): string {
  mkdirSync(GENERATED, { recursive: true });
  const file = fileURLToPath(new URL(`${name}-${process.pid}.ts`, GENERATED));
  writeFileSync(file, code);
  return file;
}

/** Runs a block as a module and answers with what it exports; `replace` puts test values in place of those for readers. */
export async function runCodeBlock(
  code: string,
  replace: Record<string, string> = {},
): Promise<Record<string, unknown>> {
  const actual = Object.entries(replace).reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`The code block does not contain ${JSON.stringify(from)}.`);
    return text.replaceAll(from, to);
  }, code);
  mkdirSync(GENERATED, { recursive: true });
  const file = new URL(`block-${process.pid}-${Math.random().toString(36).slice(2)}.ts`, GENERATED);
  writeFileSync(file, actual);
  return import(/* @vite-ignore */ fileURLToPath(file));
}
