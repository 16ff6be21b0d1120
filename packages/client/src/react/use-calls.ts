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

interface State<Data> {
  /** Calls under way. */
  readonly pending: number;
  readonly data?: Data | undefined;
  readonly error?: ClientError | undefined;
}

/** Whether calls are under way, and what came of the last one. */
export function useCalls<Data>(): Calls<Data> {
  const [{ pending, data, error }, setState] = useState<State<Data>>({ pending: 0 });
  const run = useCallback(async (call: () => Promise<Data>): Promise<SafeResult<Data>> => {
    const note = (change: number, result: Omit<State<Data>, 'pending'> = {}) =>
      setState((before) => ({ ...before, error: undefined, ...result, pending: before.pending + change }));
    note(1);
    try {
      const called = await call();
      note(-1, { data: called });
      return { ok: true, data: called };
    } catch (cause) {
      const failure = asClientError(cause);
      note(-1, { error: failure });
      return { ok: false, error: failure };
    }
  }, []);
  return { run, isPending: pending > 0, data, error };
}
