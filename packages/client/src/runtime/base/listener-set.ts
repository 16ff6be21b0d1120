import { reportUncaught } from './report-uncaught';

/** Listeners to one thing; one that throws is reported as uncaught and stops none of the others. */
export class ListenerSet<Value> {
  readonly #subscriptions = new Set<{ readonly listener: (value: Value) => void }>();

  /** Adds a listener, once more where it is there already, and returns the function that removes this one. */
  add(listener: (value: Value) => void): () => void {
    const subscription = { listener };
    this.#subscriptions.add(subscription);
    return () => void this.#subscriptions.delete(subscription);
  }

  /** Removes a listener, of several the one added last; harmless where it is not there. */
  remove(listener: (value: Value) => void): void {
    const newest = [...this.#subscriptions].findLast((one) => one.listener === listener);
    if (newest) this.#subscriptions.delete(newest);
  }

  /** Calls every listener that is there now, in the order they were added. */
  notify(value: Value): void {
    for (const subscription of [...this.#subscriptions]) {
      // One called before may have removed it.
      if (!this.#subscriptions.has(subscription)) continue;
      try {
        subscription.listener(value);
      } catch (error) {
        reportUncaught(error);
      }
    }
  }
}
