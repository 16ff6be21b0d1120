import type { Contract } from '@wirepact/contract/runtime';
import type { ServerMeter } from '../runtime/ports/metrics';
import type { Instruments } from './instruments';
import type { StateGauges } from './state-gauges';

/** Stands for the names of all events that the contract does not have: those are whatever clients send. */
const UNKNOWN_EVENT = '(unknown)';
/** Stands for every value beyond those that a label may have. */
const OTHER = '(other)';
/** Values that a label may have: what a host throws or a store answers must not grow the registry without end. */
const MAX_VALUES = 100;
const MS_PER_SECOND = 1_000;

/** Lets through the first hundred values there are. */
function createBound(): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= MAX_VALUES) return OTHER;
    known.add(value);
    return value;
  };
}

/** Counts what a server of a contract tells. */
export function createPrometheusMeter(
  { name: contract }: Contract,
  { events, eventSeconds, refused, ended, commits, commitSeconds, commitWrites, ...journal }: Instruments,
  states: StateGauges,
): ServerMeter {
  const toCode = createBound();
  const toEnd = createBound();
  const ofContract = { contract };
  const secondsOfCommits = commitSeconds.labels(ofContract);
  const writesOfCommits = commitWrites.labels(ofContract);
  /** Looking a histogram up by its labels costs more than everything else here. */
  const secondsOf = new Map<string, ReturnType<typeof eventSeconds.labels>>();
  const observe = (event: string, ms: number) => {
    const known = secondsOf.get(event);
    const histogram = known ?? eventSeconds.labels({ contract, event });
    if (!known) secondsOf.set(event, histogram);
    histogram.observe(ms / MS_PER_SECOND);
  };
  return {
    answered(event = UNKNOWN_EVENT, code, ms) {
      events.inc({ contract, event, code: toCode(code) });
      observe(event, ms);
    },
    refused: (code) => refused.inc({ contract, code: toCode(code) }),
    ended: (kind, how) => ended.inc({ contract, kind, how: toEnd(how) }),
    committed({ writes, ms, isStored }) {
      commits.inc({ contract, outcome: isStored ? 'committed' : 'failed' });
      secondsOfCommits.observe(ms / MS_PER_SECOND);
      writesOfCommits.observe(writes);
    },
    caughtUp(count) {
      journal.catchUps.inc(ofContract);
      journal.caughtUp.inc(ofContract, count);
    },
    watch: (read) => states.add({ contract, read }),
  };
}
