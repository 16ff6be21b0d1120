import { createClientError } from '../client-errors';
import type { StoredSends, StoredSendsOptions } from './stored-sends';

/** Loads what keeps messages over a reload, for a client that has a storage. Where it cannot, messages are not kept. */
export const loadStoredSends = (options: StoredSendsOptions): Promise<StoredSends | undefined> =>
  import('./stored-sends').then(
    ({ StoredSends }) => new StoredSends(options),
    (cause: unknown) => {
      const text = 'The part of the client that keeps messages could not be loaded.';
      (options.onError ?? console.warn)(createClientError('STORAGE_FAILED', text, cause));
      return undefined;
    },
  );
