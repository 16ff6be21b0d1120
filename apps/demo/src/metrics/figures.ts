import { quantileOf, rateOf, type Scrape, sumOf } from './scrape';

/** A figure that is shown: what it is between two readings, and how people read it. */
export interface Figure {
  readonly name: string;
  readonly measure: (before: Scrape, now: Scrape) => number;
  readonly show: (value: number) => string;
}

const count = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 0 });
const rate = (value: number) =>
  `${value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 1 : 0 })} /s`;
const BYTES_PER_KB = 1_024;
const bytes = (value: number) =>
  value < BYTES_PER_KB ? `${count(value)} B` : `${count(value / BYTES_PER_KB)} KB`;

/** Seconds as people read them; of a histogram that is the bound above them. */
export const seconds = (value: number | undefined): string => {
  if (value === undefined || value === 0) return '–';
  if (value === Number.POSITIVE_INFINITY) return '> 10 s';
  return value < 1 ? `${Number((value * 1_000).toPrecision(2))} ms` : `${value} s`;
};

const EVENTS = 'wirepact_events_total';
const isRunning = (kind: string) => (labels: { readonly kind?: unknown }) => labels.kind === kind;

/** What the page shows at a glance. */
export const FIGURES: readonly Figure[] = [
  { name: 'Connections', measure: (_, now) => sumOf(now, 'wirepact_connections'), show: count },
  { name: 'Events', measure: (before, now) => rateOf(before, now, EVENTS), show: rate },
  {
    name: 'Events that failed',
    measure: (before, now) => rateOf(before, now, EVENTS, ({ code }) => code !== 'OK'),
    show: rate,
  },
  {
    name: 'Acknowledged, p99',
    measure: (before, now) => quantileOf(before, now, 'wirepact_event_duration_seconds', 0.99) ?? 0,
    show: seconds,
  },
  {
    name: 'Commits of the store',
    measure: (before, now) => rateOf(before, now, 'wirepact_store_commits_total'),
    show: rate,
  },
  {
    name: 'Turns of agents',
    measure: (_, now) => sumOf(now, 'wirepact_running', isRunning('turns')),
    show: count,
  },
  { name: 'Waiting to be sent', measure: (_, now) => sumOf(now, 'wirepact_waiting_bytes'), show: bytes },
  {
    name: 'Event loop late, p99',
    measure: (_, now) =>
      sumOf(now, 'wirepact_event_loop_delay_seconds', ({ quantile }) => String(quantile) === '0.99'),
    show: seconds,
  },
];
