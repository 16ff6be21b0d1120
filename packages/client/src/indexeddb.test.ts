import 'fake-indexeddb/auto';
import { expect, test, vi } from 'vitest';
import type { StoredSend } from './index';
import { createIndexedDbOutboxStorage } from './indexeddb';

const send = (id: string, text: string): StoredSend => ({
  ...{ version: 1, id, order: 1 },
  payload: { channelId: 'channel', serverId: 'server', entityId: 'me', messageId: id, text },
});

test('keeps messages until they are removed, for whoever opens the same database', async () => {
  const storage = createIndexedDbOutboxStorage();
  expect(await storage.load()).toEqual([]);
  await storage.save(send('a', 'one'));
  await storage.save(send('b', 'two'));
  await storage.save(send('a', 'one again'));
  await storage.remove('b');
  await storage.remove('b');
  expect(await createIndexedDbOutboxStorage().load()).toEqual([send('a', 'one again')]);
  expect(await createIndexedDbOutboxStorage({ name: 'another' }).load()).toEqual([]);
});

test('rejects where it cannot keep a message', async () => {
  const storage = createIndexedDbOutboxStorage();
  const payload = { ...send('a', 'x').payload, metadata: { listener: () => {} } };
  await expect(storage.save({ ...send('a', 'x'), payload })).rejects.toThrow();
});

test('a page may delete the database while it is open, and what waits later is kept anew', async () => {
  const name = 'signed-out';
  const storage = createIndexedDbOutboxStorage({ name });
  await storage.save(send('a', 'one'));
  const request = indexedDB.deleteDatabase(name);
  const blocked = vi.fn();
  request.onblocked = blocked;
  await new Promise<void>((resolve, reject) => {
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
  expect(blocked).not.toHaveBeenCalled();
  expect(await storage.load()).toEqual([]);
  await storage.save(send('b', 'two'));
  expect(await storage.load()).toEqual([send('b', 'two')]);
});
