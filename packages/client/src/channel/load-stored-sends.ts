import type { ChatContract } from '../chat-contract';
import { createClientError } from '../client-errors';
import type { OutboxOptions } from './outbox-options';
import type { StoredSends } from './stored-sends';

/**
 * Loads what keeps messages over a reload, for a client that has a storage. Where it cannot be loaded, the application is
 * told, and messages are not kept.
 */
export function loadStoredSends(
  contract: ChatContract,
  { storage, onStorageError }: OutboxOptions = {},
): Promise<StoredSends | undefined> | undefined {
  if (!storage) return undefined;
  const isMessage = (payload: unknown) => contract.clientToServer.send_message.payload.check(payload);
  return import('./stored-sends').then(
    ({ StoredSends }) => new StoredSends({ storage, isMessage, onError: onStorageError }),
    (cause: unknown) => {
      const text = 'The part of the client that keeps messages could not be loaded.';
      (onStorageError ?? console.warn)(createClientError('STORAGE_FAILED', text, cause));
      return undefined;
    },
  );
}
