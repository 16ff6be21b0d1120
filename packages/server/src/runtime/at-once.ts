import { isPromise } from './is-promise';

/** A promise that nobody waits for: a rejection that is not heard would end the process. */
export const hear = (promise: PromiseLike<unknown>, onRejection: (err: unknown) => void): void =>
  void Promise.resolve(promise).catch(onRejection);

/**
 * What a function of the host's gave that has to answer at once.
 * @throws Error where it is a promise, as of a function that is `async`.
 */
export function atOnce(answer: unknown): unknown {
  if (!isPromise(answer)) return answer;
  hear(answer, () => undefined);
  throw new Error('It has to answer at once, and gave a promise.');
}
