import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadContract } from './load-contract';

/** A module with this text, and one that it can import as `./other.ts`. */
function moduleOf(text: string, other: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'wirepact-load-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'other.ts'), other);
  const path = join(folder, 'contract.ts');
  writeFileSync(path, text);
  return path;
}

const CONTRACT =
  "export const board = { name: 'board', version: '1.0.0', errors: {}, clientToServer: {}, serverToClient: {} };";
const FOREVER = 'await new Promise(() => {});';

test.each([
  ['itself', `${FOREVER}\n${CONTRACT}`, ''],
  ['what it imports', `import './other.ts';\n${CONTRACT}`, FOREVER],
])('a module is given up that waits for ever: %s', async (_where, text, other) => {
  const path = moduleOf(text, other);
  await expect(loadContract(path, undefined, 300)).rejects.toMatchObject({
    code: 'INVALID_CONTRACT',
    message: expect.stringMatching(
      /contract\.ts could not be loaded: after 0\.3 seconds it still waits for something\. Is there an `await`/,
    ),
  });
});

test('a module may wait for what comes', async () => {
  const path = moduleOf(`await new Promise((resolve) => setTimeout(resolve, 5));\n${CONTRACT}`, '');
  const { exportName, contract } = await loadContract(path, undefined);
  expect(exportName).toBe('board');
  expect(contract.version).toBe('1.0.0');
});
