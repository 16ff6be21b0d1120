import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const DOCUMENT = readFileSync(join(ROOT, 'docs/security.md'), 'utf8').replaceAll(/\s+/g, ' ');

/** Tests that the document names, as file and title: a file's name holds for all titles up to the next one. */
function listNamedTests(): { file: string; title: string }[] {
  const named: { file: string; title: string }[] = [];
  let file = '';
  for (const [, path, title] of DOCUMENT.matchAll(/`([\w./-]+\.test\.ts)`|“([^”]+)”/g)) {
    if (path) file = path;
    else if (title) named.push({ file, title });
  }
  return named;
}

test('there is a test behind each claim', () => {
  expect(listNamedTests().length).toBeGreaterThan(40);
});

test.each(listNamedTests())('$file has the test “$title”', ({ file, title }) => {
  expect(readFileSync(join(ROOT, file), 'utf8')).toContain(title);
});
