import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { compileSamples } from '../test/compile-samples';
import { CLIENT_ERRORS } from './index';

const FOLDER = dirname(fileURLToPath(import.meta.url));
const GUIDE = join(FOLDER, '../../../docs/clients.md');
const ANY_CONTRACT = join(FOLDER, '../../../docs/calling-a-contract.md');
const README = join(FOLDER, '../README.md');

const samplesOf = (path: string) =>
  [...readFileSync(path, 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code);

/** As much of React as the samples use. */
const REACT = `declare module 'react' {
  export function useSyncExternalStore<Value>(
    subscribe: (listener: () => void) => () => void,
    get: () => Value,
    getOnServer?: () => Value,
  ): Value;
}`;

const [board = '', ...callers] = samplesOf(ANY_CONTRACT);
const samples = [...[GUIDE, README].flatMap((path) => samplesOf(path)), ...callers];
/** The contract that samples speak. */
const contract = join(FOLDER, 'sample-board.ts');
const files = new Map(samples.map((code, index) => [join(FOLDER, `sample-${index}.ts`), code]));
const react = join(FOLDER, 'sample-react.d.ts');

test('[H13] every sample compiles by itself, strictly', () => {
  expect(samples.length).toBeGreaterThan(8);
  const others = new Map([
    [react, REACT],
    [contract, board],
  ]);
  expect(compileSamples(files, others, contract)).toEqual([]);
});

test('[H13] the guide lists every code of the client, with whether to try again', () => {
  const rows = [...readFileSync(GUIDE, 'utf8').matchAll(/^\| `([A-Z_]+)` \|.*\| (yes|no|–)[^|]*\|$/gm)];
  const listed = new Map(rows.map(([, code = '', retry]) => [code, retry]));
  for (const [code, { retryable }] of Object.entries(CLIENT_ERRORS))
    expect([code, listed.get(code)]).toEqual([
      code,
      code === 'STORAGE_FAILED' ? '–' : retryable ? 'yes' : 'no',
    ]);
});

test('[H13] the README, which is published by itself, links to nothing beside it', () => {
  const links = [...readFileSync(README, 'utf8').matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target);
  expect(links.filter((target) => !target?.startsWith('https://'))).toEqual([]);
});
