import { setTimeout as wait } from 'node:timers/promises';
import type { Check } from './check';
import type { Target } from './target';
import { Trial } from './trial';
import { BudgetUsed, RateLimited, Skipped } from './violation';

/** What became of a check. One that fails rejects with a `Violation`. */
export interface Made {
  /** Why it could not be made; left out where the server keeps to the rule. */
  readonly skipped?: string;
}

const MAX_WAITS = 50;

async function makeOnce({ run }: Check, trial: Trial): Promise<Made> {
  try {
    await run(trial);
    return {};
  } catch (error) {
    if (error instanceof Skipped) return { skipped: error.message };
    throw error;
  } finally {
    trial.close();
  }
}

/**
 * Makes a check. Where the server asks to be left alone for a while, it is made again after it.
 *
 * @param deadline When there is no time left, as `Date.now` has it.
 * @throws Violation Where the server does not keep to the rule.
 * @throws BudgetUsed Where nothing more may be asked of it.
 */
export async function makeCheck(check: Check, target: Target, deadline: number): Promise<Made> {
  for (let waits = 0; ; waits += 1) {
    if (Date.now() > deadline)
      throw new BudgetUsed(
        'The run has taken as long as it may. Give it more time: maxSeconds, or --max-seconds.',
      );
    try {
      return await makeOnce(check, new Trial(target, check.title));
    } catch (error) {
      if (!(error instanceof RateLimited)) throw error;
      const until = Date.now() + error.retryAfterMs;
      if (waits === MAX_WAITS || until > deadline)
        throw new BudgetUsed(`${error.message} Raise its limit for the run, or give the run more time.`);
      await wait(error.retryAfterMs);
    }
  }
}
