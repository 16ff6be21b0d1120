import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const AREAS = [
  'architecture',
  'browser',
  'chaos',
  'conformance',
  'docs',
  'e2e',
  'examples',
  'hostile',
  'packages',
  'validators',
];

/** `vi.waitFor` has a limit of a second; `expect.poll` has that of vitest.base.ts where it is told no other. */
const OWN_LIMIT = /\bvi\s*\.wait(?:For|Until)\(|\.poll\([^;]*?\btimeout: \d/;

function* listFiles(): Iterable<string> {
  const packages = readdirSync(join(ROOT, 'packages')).map((name) => `packages/${name}/src`);
  for (const folder of [...packages, 'apps/demo/src', ...AREAS.map((area) => `tests/${area}`)])
    for (const path of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }))
      if (/\.tsx?$/.test(path)) yield join(folder, path);
}

test('[F4] what a test waits for has the limits of vitest.base.ts, and none of its own', () => {
  const files = [...listFiles()];
  expect(files.length).toBeGreaterThan(300);
  expect(files.filter((file) => OWN_LIMIT.test(readFileSync(join(ROOT, file), 'utf8')))).toEqual([]);
});

test('[F4] a limit of its own would be found', () => {
  const wait = ['vi', 'waitFor(() => 1)'].join('.');
  const poll = ['await expect\n  .poll(() => done(), { interval: 1, timeout', '5 }).toBe(1)'].join(': ');
  expect([wait, poll, 'expect.poll(() => 1).toBe(1)'].map((code) => OWN_LIMIT.test(code))).toEqual([
    true,
    true,
    false,
  ]);
});
