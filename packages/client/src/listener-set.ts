import { reportUncaught } from './report-uncaught';

/** Listeners to one thing; one that throws is reported as uncaught and stops none of the others. */
export class ListenerSet<Value> {
  private readonly listeners = new Set<(value: Value) => void>();

  /** Adds a listener and returns the function that removes it; one that is there already is not added again. */
  add(listener: (value: Value) => void): () => void {
    this.listeners.add(listener);
    return () => this.remove(listener);
  }

  /** Removes a listener; harmless where it is not there. */
  remove(listener: (value: Value) => void): void {
    this.listeners.delete(listener);
  }

  /** Calls every listener that is there now, in the order they were added. */
  notify(value: Value): void {
    for (const listener of [...this.listeners]) {
      try {
        listener(value);
      } catch (error) {
        reportUncaught(error);
      }
    }
  }
}
