import { createObservable, type Observable } from '../runtime/base/observable';

/**
 * A value that is kept as long as somebody listens: `open` is called for the first listener and may change the value, what
 * it gives closes it a turn after the last has gone. Effects that React takes back and runs again, as under StrictMode or
 * where one page follows another, find it open.
 */
export function createHold<Value>(
  initial: Value,
  open: (set: (value: Value) => void) => () => void,
): Observable<Value> {
  const { get, subscribe, set } = createObservable(initial);
  let listeners = 0;
  let close: (() => void) | undefined;
  const closeUnheld = () => {
    if (listeners > 0) return;
    close?.();
    close = undefined;
  };
  return {
    get,
    subscribe(listener) {
      close ??= open(set);
      listeners += 1;
      const stop = subscribe(listener);
      return () => {
        stop();
        listeners -= 1;
        setTimeout(closeUnheld, 0);
      };
    },
  };
}

/** A value that never changes. */
export const constant = <Value>(value: Value): Observable<Value> => ({
  get: () => value,
  subscribe: () => () => {},
});
