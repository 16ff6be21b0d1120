/** A limit for each wait of somebody who sends piece by piece; only waiting counts, not what is done in between. */
export interface Patience {
  /** Aborted once a wait took too long. */
  readonly signal: AbortSignal;
  /** Resolves with the work. The work ends itself when `signal` aborts. */
  wait<Result>(work: Promise<Result>): Promise<Result>;
}

/** Patience of `ms` milliseconds at a time. */
export function createPatience(ms: number): Patience {
  const controller = new AbortController();
  return {
    signal: controller.signal,
    async wait(work) {
      const timer = setTimeout(() => controller.abort(), ms);
      try {
        return await work;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
