import { pino } from 'pino';

/** So many that none is ever refused; each is counted all the same. */
const NEVER_REACHED = { points: 1_000_000_000, durationSeconds: 60 };

/** A log as an application has it, whose lines go nowhere. */
export const SILENT_LOGGER = pino({ level: 'info' }, { write: () => undefined });

/** What a server of ours has that an application would run: it logs, and counts everything that is limited. */
export const EVERYTHING_ON = {
  logger: SILENT_LOGGER,
  rateLimit: NEVER_REACHED,
  connectLimit: NEVER_REACHED,
};
