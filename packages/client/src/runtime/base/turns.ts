const ignore = () => {};

/** Work that is done one after the other. */
export class Turns {
  /** Resolves when everything begun so far has settled; what came of it is left behind. */
  #settled: Promise<void> = Promise.resolve();

  /**
   * Begins `run` and settles as it does. It gets what to wait for, the end of all that was begun before; also where it
   * does not wait for that, what comes later does.
   */
  next<Result>(run: (before: Promise<void>) => Promise<Result>): Promise<Result> {
    const before = this.#settled;
    const result = run(before);
    this.#settled = Promise.all([before, result.then(ignore, ignore)]).then(ignore);
    return result;
  }
}
