import type { Observable, OutboxStorage, StoredSend } from '@wirepact/client';

/** A storage that knows what one sender has in it. */
export interface WaitingSends {
  /** For the client to keep its outbox in. */
  readonly storage: OutboxStorage;
  /** What is kept for the sender, in every channel, in the order it is sent; failed messages included. */
  readonly sends: Observable<readonly StoredSend[]>;
}

const isSend = (value: unknown): value is StoredSend =>
  typeof value === 'object' && value !== null && 'id' in value && 'payload' in value && 'order' in value;

const byOrder = (one: StoredSend, other: StoredSend) => one.order - other.order;

/**
 * Watches what goes through `storage` for one sender: what waits can be shown before its channel is joined, and
 * counted over all channels. What earlier pages left in it is known once it is loaded.
 */
export function watchSends(storage: OutboxStorage, entityId: string): WaitingSends {
  const listeners = new Set<(sends: readonly StoredSend[]) => void>();
  let sends: readonly StoredSend[] = [];
  const put = (changed: readonly StoredSend[]) => {
    sends = [...changed].sort(byOrder);
    for (const listener of listeners) listener(sends);
  };
  // Those changed meanwhile are newer than what was loaded.
  const changed = new Set<string>();
  const isOwn = (send: unknown): send is StoredSend => isSend(send) && send.payload.entityId === entityId;
  const add = (loaded: readonly unknown[]) =>
    put([...sends, ...loaded.filter(isOwn).filter(({ id }) => !changed.has(id))]);
  // Where the storage fails, the client says so.
  storage.load().then(add, () => {});

  return {
    sends: {
      get: () => sends,
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    storage: {
      load: () => storage.load(),
      save(send) {
        changed.add(send.id);
        put([...sends.filter(({ id }) => id !== send.id), send]);
        return storage.save(send);
      },
      remove(id) {
        changed.add(id);
        put(sends.filter((send) => send.id !== id));
        return storage.remove(id);
      },
    },
  };
}
