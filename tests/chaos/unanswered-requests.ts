interface Entry {
  readonly resolve: (answer: string) => void;
  readonly reject: (cause: unknown) => void;
}

/** Requests on a wire without acknowledgements, by what their answers name; of several of one name the oldest is answered. */
export class UnansweredRequests {
  private readonly entries = new Map<string, Entry[]>();

  /** Waits for the answer. @param onLate Is called where there is none in time, before it rejects. */
  wait(name: string, withinMs: number, onLate: () => void): Promise<string> {
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        const others = (this.entries.get(name) ?? []).filter((one) => one !== entry);
        if (others.length > 0) this.entries.set(name, others);
        else this.entries.delete(name);
      };
      const entry: Entry = {
        resolve(answer) {
          end();
          resolve(answer);
        },
        reject(cause) {
          end();
          reject(cause);
        },
      };
      const timer = setTimeout(() => {
        onLate();
        entry.reject(new Error(`${name} had no answer in time`));
      }, withinMs);
      this.entries.set(name, [...(this.entries.get(name) ?? []), entry]);
    });
  }

  settle(name: string, answer: string): void {
    this.entries.get(name)?.[0]?.resolve(answer);
  }

  /** A failure names nothing: all that wait have failed, and what is asked again does no harm. */
  fail(cause: unknown): void {
    for (const entry of [...this.entries.values()].flat()) entry.reject(cause);
  }
}
