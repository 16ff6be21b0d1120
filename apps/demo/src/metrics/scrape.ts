/** One value of a metric, with its labels. */
interface Row {
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}

/** All metrics at one time, by the names of their series. */
export interface Scrape {
  /** When they were read, in milliseconds. */
  readonly at: number;
  readonly rows: ReadonlyMap<string, readonly Row[]>;
}

/** A metric as the server's registry says it. */
interface Metric {
  readonly name: string;
  readonly values: readonly (Row & { readonly metricName?: string })[];
}

/** Reads what the server has answered. */
export function toScrape(metrics: readonly Metric[], at: number): Scrape {
  const rows = new Map<string, Row[]>();
  for (const { name, values } of metrics)
    for (const { metricName = name, labels, value } of values) {
      const known = rows.get(metricName);
      if (known) known.push({ labels, value });
      else rows.set(metricName, [{ labels, value }]);
    }
  return { at, rows };
}

type Where = (labels: Row['labels']) => boolean;
const everywhere: Where = () => true;

/** The sum of a series, where its labels are such. */
export function sumOf({ rows }: Scrape, name: string, where: Where = everywhere): number {
  return (rows.get(name) ?? []).reduce((sum, { labels, value }) => (where(labels) ? sum + value : sum), 0);
}

/** How much a series has grown in a second, from one reading to the next. */
export function rateOf(before: Scrape, now: Scrape, name: string, where?: Where): number {
  const seconds = (now.at - before.at) / 1_000;
  return seconds > 0 ? Math.max(0, sumOf(now, name, where) - sumOf(before, name, where)) / seconds : 0;
}

/** The names of the events that were answered. */
export const eventsOf = ({ rows }: Scrape): string[] =>
  [
    ...new Set((rows.get('wirepact_events_total') ?? []).map(({ labels }) => String(labels.event))),
  ].toSorted();

/** The smallest bound that so large a part of what a histogram has counted between two readings is below; `undefined` where that is nothing. */
export function quantileOf(
  before: Scrape,
  now: Scrape,
  name: string,
  quantile: number,
  where: Where = everywhere,
): number | undefined {
  const counted = (bound: string) => {
    const isBelow: Where = (labels) => String(labels.le) === bound && where(labels);
    return sumOf(now, `${name}_bucket`, isBelow) - sumOf(before, `${name}_bucket`, isBelow);
  };
  const all = counted('+Inf');
  if (all <= 0) return undefined;
  const bounds = [...new Set((now.rows.get(`${name}_bucket`) ?? []).map(({ labels }) => String(labels.le)))];
  const found = bounds.find((bound) => counted(bound) >= quantile * all);
  return Number(found?.replace('+Inf', 'Infinity'));
}
