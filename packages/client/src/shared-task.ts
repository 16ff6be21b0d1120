import { untilAborted } from './deadline';

/** One task that several callers wait for; it is aborted when the last of them leaves early. */
export class SharedTask<Result> {
  private readonly controller = new AbortController();
  private readonly result: Promise<Result>;
  private waiting = 0;

  constructor(run: (signal: AbortSignal) => Promise<Result>) {
    this.result = run(this.controller.signal);
    // Everybody may have left by the time it fails.
    this.result.catch(() => {});
  }

  /** True once everybody has left: whoever comes now needs a new task. */
  get abandoned(): boolean {
    return this.controller.signal.aborted;
  }

  /** Resolves or rejects as the task does; rejects with the reason of `signal` where that is aborted first. */
  async wait(signal: AbortSignal): Promise<Result> {
    this.waiting += 1;
    try {
      return await untilAborted(this.result, signal);
    } finally {
      this.waiting -= 1;
      if (this.waiting === 0) this.controller.abort();
    }
  }
}
