import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { runCommand, tryCommand } from './run-command';

interface Size {
  readonly name: string;
  readonly size: number;
  readonly sizeLimit: number;
}

const TESTS = fileURLToPath(new URL('..', import.meta.url));

let sizes: readonly Size[];

/** Builds the contract of a page of its own, and measures. */
beforeAll(async () => {
  const wirepact = fileURLToPath(new URL('../../packages/cli/bin/wirepact.js', import.meta.url));
  const args = ['build', 'packages/board/contract.ts', '--out', 'packages/board/generated'];
  await runCommand(process.execPath, [wirepact, ...args], TESTS);
  const command = fileURLToPath(new URL('../node_modules/size-limit/bin.js', import.meta.url));
  const { output } = await tryCommand(process.execPath, [command, '--json'], TESTS);
  sizes = JSON.parse(output);
});

test('what pages load is within its budgets, and the budgets are close', () => {
  expect(sizes.length).toBeGreaterThan(3);
  for (const { name, size, sizeLimit } of sizes) console.log(`${name}: ${size} of ${sizeLimit} bytes`);
  expect(sizes.filter(({ size, sizeLimit }) => size > sizeLimit || size < 0.9 * sizeLimit)).toEqual([]);
});

test('the React bindings of the chat add at most 3 kB to it', () => {
  const sizeOf = (what: string) =>
    sizes.find(({ name }) => name === `${what}: what a page loads at first`)?.size;
  const added = Number(sizeOf('the SDK and its React bindings')) - Number(sizeOf('the SDK'));
  expect(added).toBeGreaterThan(1_000);
  expect(added).toBeLessThanOrEqual(3_000);
});
