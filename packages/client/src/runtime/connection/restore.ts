import { ClientError, createClientError } from '../base/client-errors';
import { pause } from '../base/deadline';
import type { Backoff } from './backoff';

/** Something to bring back after a reconnect. */
export interface Restoration {
  /** Tries once. */
  readonly attempt: (session: AbortSignal) => Promise<void>;
  /** Is told of every attempt that failed, and whether another follows. */
  readonly onFailure: (error: ClientError, willRetry: boolean) => void;
}

const toError = (error: unknown) =>
  error instanceof ClientError
    ? error
    : createClientError('CONNECTION_FAILED', 'What the last connection had could not be restored.', error);

/**
 * Tries to restore; resolves after the first attempt and goes on in the background while the error is
 * retryable and the `session` lasts. Never rejects.
 */
export async function restore(
  restoration: Restoration,
  session: AbortSignal,
  backoff: Backoff,
): Promise<void> {
  try {
    await restoration.attempt(session);
  } catch (cause) {
    // What the end of the connection interrupted starts over with the next one.
    if (session.aborted) return;
    const error = toError(cause);
    restoration.onFailure(error, error.retryable);
    if (!error.retryable) return;
    void pause(backoff.nextDelayMs(error.retryAfterMs), session).then(() =>
      session.aborted ? undefined : restore(restoration, session, backoff),
    );
  }
}
