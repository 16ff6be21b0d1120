import { WirepactError } from '@wirepact/contract/runtime';
import { pause } from '../runtime/base/deadline';

const RETRY_MS = 250;

/** Sends, and again after errors that are `retryable`, when the server wants it; rejects with any other one, or once `signal` aborts. */
export async function sendUntilTaken<Reply>(send: () => Promise<Reply>, signal: AbortSignal): Promise<Reply> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof WirepactError && error.retryable)) throw error;
      await pause(error.retryAfterMs ?? RETRY_MS, signal);
    }
  }
}
