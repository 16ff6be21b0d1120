import type { OptionKinds } from '../../runtime/base/check-options';
import type { ChatError } from '../chat-error';
import type { OutboxStorage } from './outbox-storage';

/** How messages wait until the server has them. */
export interface OutboxOptions {
  /** Messages of one channel that wait or have failed, at most; `send` rejects further ones with `OUTBOX_FULL`. Default 100. */
  readonly maxMessages?: number | undefined;
  /**
   * Keeps what waits over a reload. A message is sent again when a later client with the same `entityId` joins its
   * channel; one of another `entityId` is left alone. Default: none, what waits ends with the page.
   */
  readonly storage?: OutboxStorage | undefined;
  /** Is told, with the code `STORAGE_FAILED`, what went wrong with the storage. Default: a console warning, once. */
  readonly onStorageError?: ((error: ChatError) => void) | undefined;
}

/** What each of the {@link OutboxOptions} may be. */
export const OUTBOX_OPTIONS: OptionKinds<OutboxOptions> = {
  maxMessages: 'whole number',
  storage: 'object',
  onStorageError: 'function',
};
