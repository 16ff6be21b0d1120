import type { ClientError } from './client-errors';
import { whenAborted } from './when-aborted';

/** What {@link Gate.pass} does where nobody is trying to connect. */
export interface PassOptions {
  /** Wait for somebody to connect again, unless connecting makes no sense any more. Default `false`. */
  readonly whileDisconnected?: boolean | undefined;
}

/** Lets callers through while it is open, keeps them waiting in order while it is shut, or turns them away. */
export class Gate {
  /** Of those who wait: looks whether that is over. */
  readonly #looks = new Set<() => void>();
  #failure: ClientError | undefined;

  isOpen = false;

  /** Lets everybody through, those who have waited longest first. */
  open(): void {
    this.#become(true);
  }

  /** Keeps callers waiting from now on. */
  shut(): void {
    this.#become(false);
  }

  /** Turns away those who wait, and whoever comes until the gate is opened or shut again. */
  fail(error: ClientError): void {
    this.#become(false, error);
  }

  /**
   * Resolves once the gate is open. Rejects with the reason of `signal`, or with what it failed with; with
   * `whileDisconnected` only where that is not retryable.
   */
  pass(signal: AbortSignal, { whileDisconnected = false }: PassOptions = {}): Promise<void> {
    return new Promise((resolve, reject) => {
      let stop = () => {};
      const look = () => {
        const failure = this.#failure;
        const turnsAway = failure && !(whileDisconnected && failure.retryable);
        if (signal.aborted) reject(signal.reason);
        else if (this.isOpen) resolve();
        else if (turnsAway) reject(failure);
        else {
          this.#looks.add(look);
          stop = whenAborted(signal, look);
          return;
        }
        this.#looks.delete(look);
        stop();
      };
      look();
    });
  }

  #become(isOpen: boolean, failure?: ClientError): void {
    this.isOpen = isOpen;
    this.#failure = failure;
    for (const look of [...this.#looks]) look();
  }
}
