/**
 * Keeps the outbox of a page in IndexedDB, where it outlives a reload.
 * @module
 */

import type { OutboxStorage } from './chat/channel/outbox-storage';

/** How to keep an outbox in IndexedDB. */
export interface IndexedDbOutboxOptions {
  /** Name of the database. Default `wirepact-outbox`; give each server, or each of its namespaces, its own. */
  readonly name?: string | undefined;
}

const SENDS = 'sends';

const resultOf = <Result>(request: IDBRequest<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const endOf = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });

/** A database that is opened once it is needed, and again where it failed to open or the browser has closed it. */
function createDatabase(name: string): () => Promise<IDBDatabase> {
  let opened: Promise<IDBDatabase> | undefined;
  const forget = () => {
    opened = undefined;
  };
  return () => {
    if (opened) return opened;
    const request = indexedDB.open(name);
    request.onupgradeneeded = () => request.result.createObjectStore(SENDS);
    opened = resultOf(request);
    opened.then((database) => {
      database.onclose = forget;
      // Whoever deletes it would wait until this page is closed.
      database.onversionchange = () => {
        database.close();
        forget();
      };
    }, forget);
    return opened;
  };
}

/**
 * Keeps the outbox in the browser's IndexedDB, where it survives a reload. Pages of one origin share it:
 * each sends what it finds there, which the server takes once.
 */
export function createIndexedDbOutboxStorage({
  name = 'wirepact-outbox',
}: IndexedDbOutboxOptions = {}): OutboxStorage {
  const open = createDatabase(name);
  const change = async (make: (sends: IDBObjectStore) => void) => {
    const transaction = (await open()).transaction(SENDS, 'readwrite');
    make(transaction.objectStore(SENDS));
    await endOf(transaction);
  };
  return {
    load: async () => resultOf<unknown[]>((await open()).transaction(SENDS).objectStore(SENDS).getAll()),
    save: (send) => change((sends) => sends.put(send, send.id)),
    remove: (id) => change((sends) => sends.delete(id)),
  };
}
