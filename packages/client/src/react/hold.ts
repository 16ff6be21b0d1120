import { createObservable, type Observable } from '../runtime/base/observable';

/** Opens what is held, tells its values to `set`, and gives the function that closes it. */
export type Open<Value> = (set: (value: Value) => void) => () => void;

/**
 * A value that is kept as long as somebody listens: opened with the first listener, closed a turn after the last has gone.
 * Effects that React takes back and runs again, as under StrictMode or where one page follows another, find it open.
 */
export function createHold<Value>(initial: Value, open: Open<Value>): Observable<Value> {
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
      const stop = subscribe(listener);
      let isHeld = true;
      listeners += 1;
      return () => {
        if (isHeld) listeners -= 1;
        isHeld = false;
        stop();
        setTimeout(closeUnheld, 0);
      };
    },
  };
}
