import { FigureCard } from './figure-card';
import { FIGURES, seconds } from './figures';
import { eventsOf, quantileOf, rateOf, type Scrape, sumOf } from './scrape';
import { useScrapes } from './use-scrapes';

/** Readings over which the events of the table are looked at. */
const TABLE_SPAN = 30;
const COUNTED = 'wirepact_events_total';

/** What each figure was, from reading to reading. */
const historyOf = (scrapes: readonly Scrape[], measure: (before: Scrape, now: Scrape) => number) =>
  scrapes.slice(1).map((now, index) => measure(scrapes[index] ?? now, now));

function EventRow({
  event,
  before,
  now,
}: {
  readonly event: string;
  readonly before: Scrape;
  readonly now: Scrape;
}) {
  const isOwn = (labels: { readonly event?: unknown }) => labels.event === event;
  const p99 = quantileOf(before, now, 'wirepact_event_duration_seconds', 0.99, isOwn);
  const failed = sumOf(now, COUNTED, (labels) => isOwn(labels) && labels.code !== 'OK');
  return (
    <tr>
      <th scope="row">{event}</th>
      <td>{sumOf(now, COUNTED, isOwn).toLocaleString('en')}</td>
      <td>{failed.toLocaleString('en')}</td>
      <td>{rateOf(before, now, COUNTED, isOwn).toFixed(1)}</td>
      <td>{seconds(p99)}</td>
    </tr>
  );
}

function EventTable({ scrapes, now }: { readonly scrapes: readonly Scrape[]; readonly now: Scrape }) {
  const before = scrapes.at(-TABLE_SPAN) ?? scrapes[0] ?? now;
  return (
    <section className="events" aria-labelledby="events-title">
      <h2 id="events-title">Events</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Event</th>
            <th scope="col">Answered</th>
            <th scope="col">Failed</th>
            <th scope="col">A second</th>
            <th scope="col">p99</th>
          </tr>
        </thead>
        <tbody>
          {eventsOf(now).map((event) => (
            <EventRow key={event} event={event} before={before} now={now} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** How the server does, live. */
export function MetricsPage() {
  const { scrapes, failure } = useScrapes();
  const now = scrapes.at(-1);
  return (
    <main className="metrics">
      <header>
        <h1>
          Wirepact <span>metrics</span>
        </h1>
        <p role="status">{failure ?? (now ? 'Live, once a second' : 'Reading…')}</p>
        <a href="/">To the chat</a>
      </header>
      <dl className="figures">
        {FIGURES.map(({ name, measure, show }) => {
          const values = historyOf(scrapes, measure);
          return <FigureCard key={name} name={name} shown={show(values.at(-1) ?? 0)} values={values} />;
        })}
      </dl>
      {now && <EventTable scrapes={scrapes} now={now} />}
    </main>
  );
}
