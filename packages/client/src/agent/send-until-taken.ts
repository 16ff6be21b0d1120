import { WirepactError } from '@wirepact/contract/runtime';

const RETRY_MS = 250;

/**
 * Resolves after so many milliseconds.
 * @throws the reason of `signal` once that aborts
 */
export const wait = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });

/** Sends, and again after errors that are `retryable`, when the server wants it; rejects with any other one, or once `signal` aborts. */
export async function sendUntilTaken<Reply>(send: () => Promise<Reply>, signal: AbortSignal): Promise<Reply> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof WirepactError && error.retryable)) throw error;
      await wait(error.retryAfterMs ?? RETRY_MS, signal);
    }
  }
}
