import type { RunRecord } from './run-record';

/** A run in which nothing happened, for tests of the checker. */
export const EMPTY_RECORD: RunRecord = {
  ...{ seed: 1, deployed: new Set<string>(), sends: [], sightings: [], views: new Map(), store: new Map() },
  ...{ holes: [], overdue: [], deletions: [], crashes: [], unanswered: [], unheard: [] },
  ...{ misfits: [], toldEnds: [], turns: [], openTurns: 0 },
};
