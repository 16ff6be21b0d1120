import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createSqliteStore } from './create-sqlite-store';
import { describeSqlStore } from './sql.suite';
import { describeStore } from './store.suite';
import { bundlePackage, runScript } from './test-child-process';
import { createMessage } from './test-message';
import { openElsewhere } from './test-sqlite-process';

describeStore('SQLite', async (options) => createSqliteStore({ file: ':memory:', ...options }));

describeSqlStore('SQLite', async (options) => {
  const file = join(createFolder(), 'chat.db');
  const store = createSqliteStore({ file, ...options });
  await store.open();
  return { store, run: async (sql) => (await openElsewhere(file)).run(sql) };
});

/** An empty folder that is removed when the test ends. */
function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wirepact-sqlite-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A store in a file, closed when the test ends. */
function openStore(file: string) {
  const store = createSqliteStore({ file, logger: { warn: () => undefined } });
  onTestFinished(() => store.close().catch(() => undefined));
  return store;
}

const channel = { id: 'channel', serverId: 's', properties: {}, agentIds: [], createdAt: 1 };
const message = (id: number, text = `${id}`) =>
  createMessage('channel', id, { text, clientMessageId: `c${id}` });

test('what was stored is there after a restart, with its numbers and its memory of repeats', async () => {
  const file = join(createFolder(), 'chat.db');
  const before = openStore(file);
  await before.createChannel(channel);
  const first = await before.appendMessage(message(1, 'héllo \u0000 \ud800 🙂'));
  await before.close();

  const after = openStore(file);
  expect((await after.listMessages('channel', { limit: 9 })).messages.map(({ text }) => text)).toEqual([
    'héllo \u0000 \ud800 🙂',
  ]);
  expect(await after.appendMessage({ ...message(2), clientMessageId: 'c1' })).toMatchObject({
    repeated: true,
    message: { id: first?.message.id, seq: 1, epoch: first?.message.epoch },
  });
  expect(await after.appendMessage(message(3))).toMatchObject({
    message: { seq: 2, epoch: first?.message.epoch },
  });
});

test('it commits to the disk, and lets readers read meanwhile', async () => {
  const file = join(createFolder(), 'chat.db');
  await openStore(file).open();
  const other = await openElsewhere(file);
  expect(await other.run('pragma journal_mode')).toEqual([{ journal_mode: 'wal' }]);
});

/** Creates a channel in a store file, in a process of its own. */
async function createElsewhere(bundle: string, file: string, id: string): Promise<void> {
  const script = `
    const { createSqliteStore } = await import(${JSON.stringify(bundle)});
    const store = createSqliteStore({ file: ${JSON.stringify(file)} });
    await store.createChannel({ id: process.argv[1], serverId: 's', properties: {}, agentIds: [], createdAt: 1 });
    await store.close();`;
  await runScript(script, [id]);
}

test('two processes open a new file at once, and both can use it', async () => {
  const file = join(createFolder(), 'chat.db');
  const bundle = await bundlePackage('create-sqlite-store');
  await Promise.all(['a', 'b', 'c', 'd'].map((id) => createElsewhere(bundle, file, id)));
  const store = openStore(file);
  for (const id of ['a', 'b', 'c', 'd']) expect(await store.getChannel(id)).toMatchObject({ id });
});

test('a file that was closed is whole by itself, and another process takes it over', async () => {
  const file = join(createFolder(), 'chat.db');
  const store = openStore(file);
  await store.createChannel(channel);
  for (let id = 1; id <= 20; id += 1) await store.appendMessage(message(id));
  await store.close();

  expect(statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0).toBe(0);
  const copy = join(createFolder(), 'copy.db');
  copyFileSync(file, copy);
  expect((await openStore(copy).listMessages('channel', { limit: 99 })).messages).toHaveLength(20);
  await createElsewhere(await bundlePackage('create-sqlite-store'), file, 'elsewhere');
  expect(statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0).toBe(0);
  expect(await openStore(file).getChannel('elsewhere')).toMatchObject({ id: 'elsewhere' });
});

test('[F3] a Node whose own SQLite lacks what is used gets the one of the package', async () => {
  class DatabaseSync {}
  class StatementSync {}
  const builtIn = vi.spyOn(process, 'getBuiltinModule');
  onTestFinished(() => builtIn.mockRestore());
  builtIn.mockImplementation(() => ({ DatabaseSync, StatementSync }));
  expect(await openStore(':memory:').createChannel(channel)).toMatchObject({ id: 'channel' });
});

const openErrorOf = (file: string) =>
  openStore(file)
    .open()
    .then(
      () => undefined,
      (cause: unknown) => cause,
    );

test.each([
  [
    'a folder that does not exist',
    (folder: string) => join(folder, 'missing', 'chat.db'),
    /create it, or choose another place/,
  ],
  [
    'a file that is something else',
    (folder: string) => {
      writeFileSync(
        join(folder, 'chat.db'),
        'this is no database, but it is long enough to look at'.repeat(20),
      );
      return join(folder, 'chat.db');
    },
    /not a SQLite database/,
  ],
])('%s is a clear error at start', async (_what, prepare, advice) => {
  const file = prepare(createFolder());
  expect(await openErrorOf(file)).toMatchObject({
    code: 'STORE_UNAVAILABLE',
    message: expect.stringMatching(new RegExp(`Cannot open the database ${file}: .*${advice.source}`)),
  });
});

test.each([
  [2, 'begin a new store'],
  [99, 'a newer one'],
])('tables that this server does not know are left alone: of version %d', async (version, advice) => {
  const file = join(createFolder(), 'chat.db');
  const store = openStore(file);
  await store.open();
  await store.close();
  const other = await openElsewhere(file);
  await other.run(`update schema_version set version = ${version}`);
  await other.close();
  expect(await openErrorOf(file)).toMatchObject({
    code: 'STORE_UNAVAILABLE',
    message: expect.stringMatching(
      new RegExp(`tables of version ${version}; .*Use the server that made them, or ${advice}\\.$`),
    ),
  });
});

test('a damaged file gives a clear error, at start or to the sender, and never ends the process', async () => {
  const file = join(createFolder(), 'chat.db');
  const before = openStore(file);
  await before.createChannel(channel);
  for (let id = 1; id <= 50; id += 1) await before.appendMessage(message(id, 'x'.repeat(500)));
  await before.close();
  const other = await openElsewhere(file);
  await other.run('pragma wal_checkpoint(truncate)');
  await other.close();
  const bytes = readFileSync(file);
  bytes.fill(0xa5, 4096);
  writeFileSync(file, bytes);
  const store = openStore(file);
  const outcome = await store.appendMessage(message(51)).then(
    () => undefined,
    (cause: unknown) => cause,
  );
  expect(outcome).toMatchObject({ code: 'STORE_UNAVAILABLE' });
  expect(await openErrorOf(file)).toMatchObject({
    code: 'STORE_UNAVAILABLE',
    message: expect.stringMatching(/malformed\. The file is damaged: restore it from a backup/),
  });
});

test('of a disk that is full the log does not say that the store works again where it can only be read', async () => {
  const told: string[] = [];
  const logger = { warn: (_details: unknown, what: string) => void told.push(what) };
  const file = join(createFolder(), 'chat.db');
  const store = createSqliteStore({ file, maxSizeBytes: 200_000, logger });
  onTestFinished(() => store.close());
  await store.createChannel(channel);
  await store.appendMessage(message(1));
  await expect(store.appendMessage(message(2, 'x'.repeat(300_000)))).rejects.toThrow();
  expect((await store.listMessages('channel', { limit: 9 })).messages).toHaveLength(1);
  expect(told).toEqual([expect.stringContaining('cannot be read or written')]);
  await store.appendMessage(message(3));
  expect(told.slice(1)).toEqual([expect.stringContaining('can be read and written again')]);
});

test('a full disk gives a retryable error, keeps what was acknowledged, and takes later what there is room for', async () => {
  const file = join(createFolder(), 'chat.db');
  const store = createSqliteStore({ file, maxSizeBytes: 200_000, logger: { warn: () => undefined } });
  onTestFinished(() => store.close());
  await store.createChannel(channel);
  await store.appendMessage(message(1));
  await expect(store.appendMessage(message(2, 'x'.repeat(300_000)))).rejects.toMatchObject({
    code: 'STORE_UNAVAILABLE',
    retryable: true,
  });
  const together = [message(3), message(4, 'x'.repeat(300_000)), message(5)];
  const outcomes = await Promise.allSettled(together.map((one) => store.appendMessage(one)));
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  for (const one of [message(3), message(5)]) await store.appendMessage(one);
  const { messages: kept } = await store.listMessages('channel', { limit: 9 });
  expect(kept.map(({ text, seq }) => `${seq} ${text}`)).toEqual(['1 1', '2 3', '3 5']);
});
