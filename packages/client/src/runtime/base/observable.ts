import { ListenerSet } from './listener-set';

/**
 * A value that changes. Its functions need no `this`, so React reads one with
 * `useSyncExternalStore(observable.subscribe, observable.get)`.
 */
export interface Observable<Value> {
  /** The value now; the same reference until it changes. */
  readonly get: () => Value;
  /** Calls `listener` with every later value; returns the function that stops it. */
  readonly subscribe: (listener: (value: Value) => void) => () => void;
}

/** An {@link Observable} in the hands of whoever may change it. */
export interface WritableObservable<Value> extends Observable<Value> {
  /** Changes the value and tells the listeners. */
  readonly set: (value: Value) => void;
}

/** An observable that starts with `initial`. */
export function createObservable<Value>(initial: Value): WritableObservable<Value> {
  const listeners = new ListenerSet<Value>();
  let current = initial;
  return {
    get: () => current,
    subscribe: (listener) => listeners.add(listener),
    set(value) {
      current = value;
      listeners.notify(value);
    },
  };
}
