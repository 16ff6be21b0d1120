import { retryable } from './retryable';

/**
 * What `work` resolves or rejects with, if it does so in time. A later answer is ignored, a later rejection counts as
 * handled. `what` is the subject of the error's message.
 * @throws WirepactError `UNAVAILABLE` after `timeoutMs`.
 */
export function withDeadline<Result>(
  work: PromiseLike<Result>,
  timeoutMs: number,
  what: string,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(retryable('UNAVAILABLE', `${what} did not answer in time.`));
    }, timeoutMs);
    timer.unref();
    // What is no promise of this platform may resolve with another promise, which has no more time than it.
    Promise.resolve(work).then(
      (result) => {
        clearTimeout(timer);
        resolve(result);
      },
      (cause: unknown) => {
        clearTimeout(timer);
        reject(cause);
      },
    );
  });
}
