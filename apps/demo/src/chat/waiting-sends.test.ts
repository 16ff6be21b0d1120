import type { OutboxStorage, StoredSend } from '@wirepact/client';
import { expect, test, vi } from 'vitest';
import { watchSends } from './waiting-sends';

const toSend = (id: string, order: number, entityId = 'ada'): StoredSend => ({
  ...{ version: 1, id, order },
  payload: { channelId: 'room', serverId: 'server', entityId, text: id, messageId: id },
});

function createStorage(...kept: unknown[]): OutboxStorage {
  return {
    load: async () => kept,
    save: vi.fn(async () => {}),
    remove: vi.fn(async () => {}),
  };
}

const idsOf = (sends: readonly StoredSend[]) => sends.map(({ id }) => id);

test('what was kept for the sender is known once it is loaded, in order', async () => {
  const { sends } = watchSends(
    createStorage(toSend('b', 2), toSend('other', 3, 'grace'), 'junk', toSend('a', 1)),
    'ada',
  );
  await expect.poll(() => idsOf(sends.get())).toEqual(['a', 'b']);
});

test('what is saved and removed is passed on and told', async () => {
  const kept = createStorage();
  const { sends, storage } = watchSends(kept, 'ada');
  const told: string[][] = [];
  const stop = sends.subscribe((now) => told.push(idsOf(now)));
  await storage.save(toSend('a', 1));
  await storage.save({ ...toSend('a', 2), error: { code: 'TIMEOUT', message: 'Late.' } });
  expect(sends.get()).toMatchObject([{ id: 'a', error: { code: 'TIMEOUT' } }]);
  await storage.remove('a');
  stop();
  await storage.save(toSend('b', 3));
  expect(told.at(-1)).toEqual([]);
  expect(kept.save).toHaveBeenCalledTimes(3);
  expect(kept.remove).toHaveBeenCalledExactlyOnceWith('a');
});

test('what changed while it was loaded is not undone by it', async () => {
  const { sends, storage } = watchSends(createStorage(toSend('a', 1), toSend('b', 2)), 'ada');
  await storage.remove('a');
  await expect.poll(() => idsOf(sends.get())).toEqual(['b']);
});
