import type { OutboxStorage } from '../src/index';

/** A storage in memory, for several clients one after the other. */
export function createMemoryOutboxStorage(initial: readonly [string, unknown][] = []) {
  const kept = new Map<string, unknown>(initial);
  const storage: OutboxStorage = {
    load: async () => [...kept.values()],
    save: async (send) => void kept.set(send.id, structuredClone(send)),
    remove: async (id) => void kept.delete(id),
  };
  return { ...storage, kept };
}
