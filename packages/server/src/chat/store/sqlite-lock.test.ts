import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createSqliteStore } from './create-sqlite-store';
import type { SqliteStoreOptions } from './sqlite-store-options';
import { createMessage } from './test-message';
import { openElsewhere } from './test-sqlite-process';

const channel = { id: 'channel', serverId: 's', properties: {}, agentIds: [], createdAt: 1 };
const message = (number: number) => createMessage('channel', number, { clientMessageId: `c${number}` });
const numbers = Array.from({ length: 10 }, (_, index) => index + 1);

/** A store with a channel in a file that another process has open, too. */
async function openTwice(options: SqliteStoreOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'wirepact-lock-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'chat.db');
  const store = createSqliteStore({ file, logger: { warn: () => undefined }, ...options });
  onTestFinished(() => store.close());
  await store.createChannel(channel);
  return { store, other: await openElsewhere(file), file };
}

test('[C4] while another process holds the file locked, writes wait and everything else goes on', async () => {
  const { store, other } = await openTwice({ timeoutMs: 60_000 });
  await store.addAgent('channel', 'agent');
  await other.run('begin immediate');
  let stored = 0;
  const writes = numbers.map(async (number) => {
    const appended = await store.appendMessage(message(number));
    stored += 1;
    return appended?.message.seq;
  });
  // The other process answers in turns of the event loop, of which writes that wait must not take any.
  for (const number of numbers) expect(await other.run(`select ${number} as number`)).toEqual([{ number }]);
  expect(await store.getChannel('channel')).toMatchObject({ seq: 0 });
  expect(stored).toBe(0);
  await other.run('commit');
  expect(await Promise.all(writes)).toEqual(numbers);
});

test('[C4] writes that wait for the file are told together that it is locked, and are stored later', async () => {
  const { store, other } = await openTwice({ timeoutMs: 200 });
  await other.run('begin immediate');
  const refused = await Promise.allSettled(numbers.map((number) => store.appendMessage(message(number))));
  const reason = {
    ...{ code: 'STORE_UNAVAILABLE', retryable: true },
    message: expect.not.stringMatching(/locked|begin|sqlite/i),
  };
  expect(refused).toMatchObject(numbers.map(() => ({ status: 'rejected', reason })));
  await other.run('rollback');
  const stored = await Promise.all(numbers.map((number) => store.appendMessage(message(number))));
  expect(stored.map((appended) => appended?.message.seq)).toEqual(numbers);
});

test('[D2] [D3] what changes nothing writes nothing: a known agent, and forgetting where there is nothing to forget', async () => {
  const { store, other } = await openTwice({ timeoutMs: 1 });
  await store.addAgent('channel', 'agent');
  await store.appendMessage(message(1));
  await other.run('begin immediate');
  expect(await store.addAgent('channel', 'agent')).toBe(true);
  for (const retention of [{}, { maxCount: 1 }, { maxAgeMs: 1_000_000_000_000_000 }])
    await store.prune(retention);
  await expect(store.prune({ maxCount: 0 })).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
});

test('[C4] a file that another process holds locked is opened when it is free, and nothing stands still meanwhile', async () => {
  const { store, other, file } = await openTwice();
  await store.close();
  await other.run('begin exclusive');
  const late = createSqliteStore({ file, timeoutMs: 60_000 });
  onTestFinished(() => late.close());
  let isOpen = false;
  const opened = late.open().then(() => {
    isOpen = true;
  });
  for (const number of numbers) await other.run(`select ${number}`);
  expect(isOpen).toBe(false);
  await other.run('commit');
  await opened;
  expect(await late.getChannel('channel')).toMatchObject({ id: 'channel' });
});

test('[C0b] a folder that is made after the start is used then, and a closed store stays closed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wirepact-later-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const told: unknown[] = [];
  const logger = { warn: (details: object, text: string) => void told.push({ ...details, text }) };
  const store = createSqliteStore({ file: join(folder, 'later', 'chat.db'), logger });
  const unavailable = { code: 'STORE_UNAVAILABLE' };
  await expect(store.open()).rejects.toMatchObject(unavailable);
  for (const _ of [1, 2]) await expect(store.getChannel('channel')).rejects.toMatchObject(unavailable);
  mkdirSync(join(folder, 'later'));
  const create = () => store.createChannel(channel).catch((cause: unknown) => cause);
  await expect.poll(create).toMatchObject(channel);
  await store.open();
  expect(told).toEqual([
    {
      reason: expect.stringContaining('create it, or choose another place'),
      text: expect.stringContaining('cannot be read'),
    },
    { text: expect.stringContaining('again') },
  ]);
  await store.close();
  await expect(store.open()).rejects.toMatchObject(unavailable);
  await expect(store.getChannel('channel')).rejects.toMatchObject(unavailable);
  await store.close();
});
