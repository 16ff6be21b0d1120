import type { Change } from './change';
import type { RunLog } from './run-log';
import type { RunStore } from './run-store';
import type { Servers } from './servers';
import type { Wire } from './wire';
import type { Member, Workload } from './workload';

/** A run, as those see it who disturb it. */
export interface DisturbedRun {
  readonly change: Change;
  readonly log: RunLog;
  readonly members: readonly Member[];
  /** The channels that are sent to. */
  readonly channelIds: readonly string[];
  readonly silentChannelIds: readonly string[];
  readonly store: RunStore;
  readonly servers: Servers;
  readonly wire: Wire;
  readonly workload: Workload;
  /** How long a client is kept away at most. */
  readonly outageMs: number;
  /** How long the run may stand still. */
  readonly patienceMs: number;
}
