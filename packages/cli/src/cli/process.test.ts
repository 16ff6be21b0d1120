import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';

const JITI = join(dirname(createRequire(import.meta.url).resolve('jiti/package.json')), 'lib/jiti-cli.mjs');
const CLI = fileURLToPath(new URL('../cli.ts', import.meta.url));
const BOARD = fileURLToPath(new URL('../test-contract.ts', import.meta.url));

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirepact-process-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command as a process of its own, until it ends by itself. */
function wirepact(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, ['--conditions=@wirepact/source', JITI, CLI, ...args]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = { out: '', err: '' };
  child.stdout.on('data', (data) => {
    said.out += data;
  });
  child.stderr.on('data', (data) => {
    said.err += data;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...said }));
  });
}

test('[E4] a command ends when it is done, whatever a module has left open', async () => {
  const path = join(folder, 'contract.ts');
  writeFileSync(
    path,
    `import { createServer } from 'node:net';
export { board } from ${JSON.stringify(BOARD)};
setInterval(() => {}, 1_000);
createServer().listen(0);`,
  );
  const built = await wirepact('build', path, '--out', join(folder, 'dist'));
  expect(built).toEqual({ code: 0, err: '', out: expect.stringMatching(/^board 1\.0\.0 was built/) });
});

test('[E4] all that is to be said is said before it ends, also through a pipe', async () => {
  const path = join(folder, 'throws.ts');
  writeFileSync(path, `setInterval(() => {}, 1_000);\nthrow new Error('x'.repeat(300_000));`);
  const { code, err } = await wirepact('build', path);
  expect(code).toBe(2);
  expect(err).toMatch(/x{300000} \(.*throws\.ts:2\)\n$/);
});
