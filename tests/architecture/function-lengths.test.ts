import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { listSources } from './import-graph';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MAX_LINES = 60;
const FOLDERS = ['contract', 'cli', 'protocol', 'server', 'client', 'conformance'].map(
  (name) => `packages/${name}/src`,
);

/** The functions of a source, each with the lines it takes from its first to its last. */
function listFunctions(path: string, source: string): { name: string; lines: number }[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const found: { name: string; lines: number }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) {
      const [first, last] = [node.getStart(), node.end].map(
        (at) => file.getLineAndCharacterOfPosition(at).line,
      );
      const lines = (last ?? 0) - (first ?? 0) + 1;
      found.push({ name: `${path}:${(first ?? 0) + 1}`, lines });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

test(`no function takes more than ${MAX_LINES} lines`, () => {
  const functions = FOLDERS.flatMap(listSources).flatMap((path) =>
    listFunctions(path, readFileSync(join(ROOT, path), 'utf8')),
  );
  expect(functions.length).toBeGreaterThan(2_000);
  expect(functions.filter(({ lines }) => lines > MAX_LINES)).toEqual([]);
});

test('a long function would be found, also within another', () => {
  const long = `const outer = () => {\n${'  work();\n'.repeat(MAX_LINES)}};\n`;
  expect(listFunctions('long.ts', long)).toEqual([{ name: 'long.ts:1', lines: MAX_LINES + 2 }]);
  expect(listFunctions('nested.ts', 'class A { b() { return () => {\n};\n } }')).toEqual([
    { name: 'nested.ts:1', lines: 3 },
    { name: 'nested.ts:1', lines: 2 },
  ]);
});
