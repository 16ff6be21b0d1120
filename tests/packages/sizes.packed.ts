import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { runCommand, tryCommand } from './run-command';

interface Size {
  readonly name: string;
  readonly size: number;
  readonly sizeLimit: number;
}

const TESTS = fileURLToPath(new URL('..', import.meta.url));

/** The contract of a page of its own, as it is built. */
beforeAll(async () => {
  const wirepact = fileURLToPath(new URL('../../packages/cli/bin/wirepact.js', import.meta.url));
  const args = ['build', 'packages/board/contract.ts', '--out', 'packages/board/generated'];
  await runCommand(process.execPath, [wirepact, ...args], TESTS);
});

test('what pages load is within its budgets, and the budgets are close', async () => {
  const command = fileURLToPath(new URL('../node_modules/size-limit/bin.js', import.meta.url));
  const { output } = await tryCommand(process.execPath, [command, '--json'], TESTS);
  const sizes: Size[] = JSON.parse(output);
  expect(sizes.length).toBeGreaterThan(3);
  for (const { name, size, sizeLimit } of sizes) console.log(`${name}: ${size} of ${sizeLimit} bytes`);
  expect(sizes.filter(({ size, sizeLimit }) => size > sizeLimit || size < 0.9 * sizeLimit)).toEqual([]);
});
