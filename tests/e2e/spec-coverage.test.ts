import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const SKIPPED = new Set(['node_modules', 'dist', 'test-results']);

/** Every test file in a folder, wherever in it. */
const testFilesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : testFilesIn(path);
    return entry.name.endsWith('.test.ts') || entry.name.endsWith('.test.tsx') ? [path] : [];
  });

const idsIn = (text: string) => [...text.matchAll(/\[([A-Z]+-\d+)\]/g)].map(([, id]) => String(id));

/** Ids at the start of a string: titles of tests, and of rows in tables of tests. */
const titledIdsIn = (source: string) =>
  [...source.matchAll(/['"`]((?:\[[A-Z]+-\d+\]\s?)+)/g)].flatMap(([, ids]) => idsIn(String(ids)));

const readSpec = (name: string) => readFileSync(join(root, `packages/${name}/SPEC.md`), 'utf8');
const rulesOf = (text: string) => text.split(/^(?=- \*\*\[)/m).slice(1);
/** The chat's protocol, and the session that every contract has. */
const specs = { protocol: readSpec('protocol'), contract: readSpec('contract') };
const spec = Object.values(specs).join('\n');
const rules = Object.values(specs).flatMap(rulesOf);
const ruleIds = rules.flatMap((rule) => idsIn(rule).slice(0, 1));
const files = ['packages', 'tests'].flatMap((folder) => testFilesIn(join(root, folder)));
const titled = new Map(files.map((file) => [file, titledIdsIn(readFileSync(file, 'utf8'))]));
const tested = new Set([...titled.values()].flat());

test('the specification has rules, each with an id of its own', () => {
  expect(ruleIds.length).toBeGreaterThan(150);
  expect(ruleIds.length).toBe(rules.length);
  expect(new Set(ruleIds).size).toBe(ruleIds.length);
});

test('every rule says where it comes from', () => {
  const origins = {
    protocol: /— \*1\.(0, seed: \w.*|0, settled|1( \(seed: .*\))?|2)\*$/,
    contract: /— \*session 1\*$/,
  };
  const silentIn = (name: keyof typeof specs) =>
    rulesOf(specs[name]).filter((rule) => {
      const [paragraph = ''] = rule.split('\n\n');
      return !origins[name].test(paragraph.replaceAll(/\s+/g, ' ').trim());
    });
  expect([...silentIn('protocol'), ...silentIn('contract')]).toEqual([]);
});

test('every rule stands in the title of a test', () => {
  expect(ruleIds.filter((id) => !tested.has(id))).toEqual([]);
});

describe('no title names a rule that does not exist', () => {
  test.each([...titled].filter(([, ids]) => ids.length > 0))('%s', (_file, ids) => {
    expect(ids.filter((id) => !ruleIds.includes(id))).toEqual([]);
  });
});

test('references between rules lead somewhere', () => {
  expect(idsIn(spec).filter((id) => !ruleIds.includes(id))).toEqual([]);
});
