import { Gate } from './gate';

/** One task that several callers wait for; it is aborted when the last of them leaves early. */
export class SharedTask<Result> {
  readonly #controller = new AbortController();
  readonly #result: Promise<Result>;
  /** Those who wait; who leaves early is forgotten, which a promise does not do. */
  readonly #gate = new Gate();
  #waiting = 0;

  constructor(run: (signal: AbortSignal) => Promise<Result>) {
    this.#result = run(this.#controller.signal);
    const open = () => this.#gate.open();
    this.#result.then(open, open);
  }

  /** True once everybody has left: whoever comes now needs a new task. */
  get abandoned(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Resolves or rejects as the task does; rejects with the reason of `signal` where that is aborted first. */
  async wait(signal: AbortSignal): Promise<Result> {
    this.#waiting += 1;
    try {
      await this.#gate.pass(signal);
      return await this.#result;
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#controller.abort();
    }
  }
}
