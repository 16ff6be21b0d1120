/** The trace of one event that came, from its arrival to its answer. */
export interface EventTrace {
  /** Does a step of it: what it returns, or the end of what it resolves with, is the end of the step. */
  run<Result>(step: string, work: () => Result): Result;
  /** It was answered: with `OK`, the code of an error, or `ABANDONED`. */
  end(code: string): void;
}

/** Follows what an event causes. Nothing of it may throw, but for what the work that it is given throws. */
export interface Tracing {
  /**
   * An event of a contract has come, with what its client sent behind the payload. The name is left out of an event that
   * the contract does not have: it is whatever a client sent.
   */
  receive(contract: string, event: string | undefined, carrier: unknown): EventTrace;
  /** Does a step of whatever is under way; where nothing is traced, it only does it. */
  run<Result>(step: string, work: () => Result): Result;
  /** Sends an event, with what says behind its payload what caused it; where nothing that is traced did, `undefined`. */
  emit(event: string, send: (carrier: object | undefined) => void): void;
  /** Does what belongs to nothing that is under way. */
  apart<Result>(work: () => Result): Result;
}
