import { WirepactError } from '@wirepact/contract/runtime';
import { type Backoff, createBackoff } from '../backoff';

/** Something that is opened when it is first needed, and again where that failed. */
export interface Opening<Opened> {
  /** Opens it, unless it is open; where that has failed, it is tried again at once. */
  open(): Promise<Opened>;
  /** Answers with it, opened where it is not; where that has failed, not before a pause is over, which grows. */
  use(): Promise<Opened>;
  /** Closes it for good, once it is open where it is being opened. */
  close(): Promise<void>;
}

/** @param connect opens it once; leaves nothing behind where it rejects. */
export function createOpening<Opened extends { close(): Promise<void> }>(
  connect: () => Promise<Opened>,
): Opening<Opened> {
  const backoff: Backoff = createBackoff();
  let attempt: Promise<Opened> | undefined;
  let failure: { readonly cause: unknown; readonly until: number } | undefined;
  let closed: Promise<void> | undefined;

  const connectOnce = async (): Promise<Opened> => {
    try {
      const opened = await connect();
      failure = undefined;
      return opened;
    } catch (cause) {
      attempt = undefined;
      failure = { cause, until: performance.now() + backoff.next() };
      throw cause;
    }
  };

  const open = async (): Promise<Opened> => {
    if (closed) throw new WirepactError('STORE_UNAVAILABLE', 'The store is closed.');
    attempt ??= connectOnce();
    return attempt;
  };

  return {
    open,
    async use() {
      if (!attempt && failure && performance.now() < failure.until) throw failure.cause;
      return open();
    },
    close() {
      closed ??= (async () => {
        const opened = await attempt?.catch(() => undefined);
        await opened?.close();
      })();
      return closed;
    },
  };
}
