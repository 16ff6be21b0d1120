import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { bundlePackage, runScript } from './test-child-process';

/** A user whom permissions hold back; root is not. */
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

let bundle = '';
beforeAll(async () => {
  bundle = await bundlePackage('sqlite-permissions');
});

/** An empty folder of the user that the script runs as. */
function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wirepact-permissions-'));
  if (isRoot) chownSync(folder, NOBODY, NOBODY);
  onTestFinished(() => {
    chmodSync(folder, 0o755);
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/**
 * Runs a script in the folder, as a user whom permissions hold back; answers with what it told and the log lines
 * it wrote meanwhile. It has `start`, which creates a server with the default store, and `tell`.
 */
async function runInFolder(folder: string, script: string) {
  const preamble = `
    import { chmodSync, writeFileSync } from 'node:fs';
    const { createChatServer, createSqliteStore } = await import(${JSON.stringify(bundle)});
    // Loads the driver, as long as everything can be read.
    await createSqliteStore({ file: ':memory:' }).open();
    if (process.getuid() === 0) {
      process.setgroups([]);
      process.setgid(${NOBODY});
      process.setuid(${NOBODY});
    }
    const channelId = '11111111-1111-4111-8111-111111111111';
    const tell = (value) => console.log('TOLD ' + JSON.stringify(value));
    const start = () => createChatServer({ drainTimeoutMs: 1 });
    const post = (chat, text) =>
      chat.messages
        .post({ channelId, serverId: channelId, senderId: 'a', senderName: 'A', source: 'test', text })
        .then(({ message }) => message.seq, ({ code, retryable, message }) => ({ code, retryable, message }));
    const outcomeOf = (promise) => promise.then(() => 'done', ({ code, message }) => ({ code, message }));`;
  const env = { ...process.env, WIREPACT_DATABASE: '', LOG_LEVEL: 'error' };
  const { stdout, stderr } = await runScript(`${preamble}${script}`, [], { cwd: folder, env });
  const lines = stdout.split('\n').filter((line) => line !== '');
  const told: unknown[] = lines.flatMap((line) =>
    line.startsWith('TOLD ') ? [JSON.parse(line.slice(5))] : [],
  );
  return { told, logged: lines.filter((line) => !line.startsWith('TOLD ')), stderr };
}

const START = `
  const chat = start();
  tell(await outcomeOf(chat.listen(0, '127.0.0.1')));
  // Whoever goes on all the same gets an error for each message, and the process lives.
  tell(await post(chat, 'hello'));
  await chat.close();
  tell('alive');`;

test.each([
  ['a folder that may not be written', `chmodSync('.', 0o555);`],
  [
    'a database file that may not be written',
    `const before = start(); await before.ready; await before.close(); chmodSync('wirepact.db', 0o444);`,
  ],
  [
    'an empty file that may not be written',
    `writeFileSync('wirepact.db', ''); chmodSync('wirepact.db', 0o444);`,
  ],
])('%s is a clear error at start', async (_what, prepare) => {
  const folder = createFolder();
  const { told, logged, stderr } = await runInFolder(folder, `${prepare}${START}`);
  const message = expect.stringMatching(
    new RegExp(
      `^Cannot open the database ${folder}/wirepact.db: .*(cannot be written: .*choose another place)`,
    ),
  );
  expect(told).toEqual([
    { code: 'STORE_UNAVAILABLE', message },
    { code: 'STORE_UNAVAILABLE', retryable: true, message: 'The store cannot be read or written now.' },
    'alive',
  ]);
  expect(stderr).toBe('');
  // One line, for people: how the code got there says nothing about permissions.
  expect(logged.map((line) => JSON.parse(line))).toMatchObject([
    {
      level: 60,
      code: 'STORE_UNAVAILABLE',
      msg: expect.stringMatching(/cannot be written: .*choose another place/),
    },
  ]);
  expect(logged.join()).not.toMatch(/node_modules| at /);
});

test('what becomes unwritable while the server runs stays open to it, and is an error at the next start', async () => {
  const { told, stderr } = await runInFolder(
    createFolder(),
    `
    const chat = start();
    await chat.channels.create({ id: channelId });
    tell(await post(chat, 'before'));
    chmodSync('.', 0o555);
    chmodSync('wirepact.db', 0o444);
    tell(await post(chat, 'after'));
    await chat.close();
    const again = start();
    tell(await outcomeOf(again.ready));
    await again.close();`,
  );
  expect(told).toEqual([
    1,
    2,
    { code: 'STORE_UNAVAILABLE', message: expect.stringMatching(/cannot be written/) },
  ]);
  expect(stderr).toBe('');
});
