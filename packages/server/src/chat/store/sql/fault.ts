import { WirepactError } from '@wirepact/contract/runtime';

/**
 * Whose fault an error of a database is.
 * - `value`: what was to be written cannot be kept by any store of this kind; others can be written.
 * - `place`: where it was to be read or written is damaged; other places may not be.
 * - `conflict`: somebody else was in the way and everything was undone; the same again may work at once.
 * - `busy`: somebody else has locked some of what was to be written, and is not done with it yet; nothing was written.
 * - `store`: nothing can be written now, whatever it is.
 */
export type Fault = 'value' | 'place' | 'conflict' | 'busy' | 'store';

/** For whoever asked over the network: what the database says of itself, and where it is, stays here as the cause. */
export function toStoreError(cause: unknown, fault: Fault): WirepactError {
  if (fault === 'value') {
    return new WirepactError('INVALID_PAYLOAD', 'The store refuses these values; nothing was stored.', {
      cause,
    });
  }
  return new WirepactError('STORE_UNAVAILABLE', 'The store cannot be read or written now.', {
    retryable: true,
    cause,
  });
}
