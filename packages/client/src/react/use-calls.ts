import { useCallback, useState } from 'react';
import { asClientError, type ClientError } from '../runtime/base/client-errors';
import type { SafeResult } from '../runtime/contract-client';

/** Calls of one component. */
export interface Calls<Data> {
  /** Calls; resolves to what became of it, and never rejects. */
  readonly run: (call: () => Promise<Data>) => Promise<SafeResult<Data>>;
  readonly isPending: boolean;
  /** What the last call that succeeded gave. */
  readonly data: Data | undefined;
  /** Why the last call that ended failed; absent once there is another. */
  readonly error: ClientError | undefined;
}

/** Whether calls are under way, and what came of the last one. */
export function useCalls<Data>(): Calls<Data> {
  const [pending, setPending] = useState(0);
  const [data, setData] = useState<Data>();
  const [error, setError] = useState<ClientError>();
  const run = useCallback(async (call: () => Promise<Data>): Promise<SafeResult<Data>> => {
    setPending((count) => count + 1);
    setError(undefined);
    try {
      const called = await call();
      setData(() => called);
      return { ok: true, data: called };
    } catch (cause) {
      const failure = asClientError(cause);
      setError(failure);
      return { ok: false, error: failure };
    } finally {
      setPending((count) => count - 1);
    }
  }, []);
  return { run, isPending: pending > 0, data, error };
}
