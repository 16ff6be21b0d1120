/** Lets code wait for a condition: it is looked at again whenever something has changed. */
export class Change {
  private readonly waiting = new Set<() => void>();

  private isTold = false;

  /** Says that something has changed; those who wait look once, however much changes in a turn of the event loop. */
  readonly notify = (): void => {
    if (this.isTold) return;
    this.isTold = true;
    setImmediate(() => {
      this.isTold = false;
      for (const look of [...this.waiting]) look();
    });
  };

  /** Resolves to true once the condition holds, to false where it does not within the time, if there is one. */
  until(condition: () => boolean, withinMs?: number): Promise<boolean> {
    if (condition()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const end = (holds: boolean) => {
        clearTimeout(timer);
        this.waiting.delete(look);
        resolve(holds);
      };
      const look = () => {
        if (condition()) end(true);
      };
      const timer = withinMs === undefined ? undefined : setTimeout(() => end(condition()), withinMs);
      this.waiting.add(look);
    });
  }
}
