import type { Fields } from '../wire/packet';

/** How long to leave a server alone that does not say, in milliseconds. */
const DEFAULT_RETRY_MS = 1_000;

/** What a server does is not what a rule says. */
export class Violation extends Error {
  override readonly name = 'Violation';
}

/** A check that cannot be made of this server, such as one of events that it does not let this client send. */
export class Skipped extends Error {
  override readonly name = 'Skipped';
}

/** The server has asked to be left alone for a while: the check is made again after it. */
export class RateLimited extends Error {
  override readonly name = 'RateLimited';

  /** @param retryAfterMs How long to wait, in milliseconds. */
  constructor(readonly retryAfterMs: number) {
    super(`The server limits how much may be sent, and asks to wait for ${retryAfterMs} ms.`);
  }

  /** What an error of the server asks for; `undefined` where it is about something else. */
  static from({ code, retryAfterMs }: Fields): RateLimited | undefined {
    if (code !== 'RATE_LIMITED') return undefined;
    return new RateLimited(typeof retryAfterMs === 'number' ? retryAfterMs : DEFAULT_RETRY_MS);
  }
}

/** The run has sent as many events, or taken as long, as it may. */
export class BudgetUsed extends Error {
  override readonly name = 'BudgetUsed';
}
