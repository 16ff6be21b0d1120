import { Counter, Histogram, type PrometheusContentType, type Registry } from 'prom-client';

/** From a fraction of a millisecond, which a handler in memory takes, to what a deadline allows. */
const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Powers of two up to what is committed together at most. */
const WRITES = [1, 2, 4, 8, 16, 32, 64, 128, 256];

type Registers = [Registry<PrometheusContentType>];

/** What is counted of connections and their events. */
function createConnectionInstruments(registers: Registers) {
  return {
    events: new Counter({
      name: 'wirepact_events_total',
      help: 'Events that were answered: with OK, the code of an error, or ABANDONED where their sender was gone.',
      labelNames: ['contract', 'event', 'code'],
      registers,
    }),
    eventSeconds: new Histogram({
      name: 'wirepact_event_duration_seconds',
      help: 'From the arrival of an event to its acknowledgement.',
      labelNames: ['contract', 'event'],
      buckets: SECONDS,
      registers,
    }),
    refused: new Counter({
      name: 'wirepact_connections_refused_total',
      help: 'Connections that were not let in, by the code that their client was told.',
      labelNames: ['contract', 'code'],
      registers,
    }),
    ended: new Counter({
      name: 'wirepact_ended_total',
      help: 'What has ended, and how: connections by their reason (SLOW_READER: dropped, as it did not read), turns of agents by their end.',
      labelNames: ['contract', 'kind', 'how'],
      registers,
    }),
  };
}

/** What is counted of the store and its journals. */
function createStoreInstruments(registers: Registers) {
  return {
    commits: new Counter({
      name: 'wirepact_store_commits_total',
      help: 'Transactions of the store: committed or failed.',
      labelNames: ['contract', 'outcome'],
      registers,
    }),
    commitSeconds: new Histogram({
      name: 'wirepact_store_commit_duration_seconds',
      help: 'How long a transaction of the store took.',
      labelNames: ['contract'],
      buckets: SECONDS,
      registers,
    }),
    commitWrites: new Histogram({
      name: 'wirepact_store_commit_writes',
      help: 'Writes in one transaction of the store.',
      labelNames: ['contract'],
      buckets: WRITES,
      registers,
    }),
    catchUps: new Counter({
      name: 'wirepact_journal_reads_total',
      help: 'Readings of a journal: a member that came back, or a room that heard of writes of other processes.',
      labelNames: ['contract'],
      registers,
    }),
    caughtUp: new Counter({
      name: 'wirepact_journal_events_total',
      help: 'Events that were read from journals.',
      labelNames: ['contract'],
      registers,
    }),
  };
}

/** What is counted as it happens. */
export type Instruments = ReturnType<typeof createInstruments>;

/** Registers what is counted as it happens. */
export const createInstruments = (registry: Registry<PrometheusContentType>) => ({
  ...createConnectionInstruments([registry]),
  ...createStoreInstruments([registry]),
});
