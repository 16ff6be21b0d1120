import { Gauge, type PrometheusContentType, type Registry } from 'prom-client';
import type { ServerState } from '../runtime/ports/metrics';

/** A server whose state is looked at. */
interface Watched {
  readonly contract: string;
  readonly read: () => ServerState;
}

/** The servers whose states the gauges show. */
export interface StateGauges {
  /** Shows a server's state from now on. Returns a function that ends it. */
  add(server: Watched): () => void;
}

/** A value that is shown, with its labels. */
type Row = readonly [labels: Readonly<Record<string, string>>, value: number];

const rowsOf = (label: string, values: Readonly<Record<string, number>>): Row[] =>
  Object.entries(values).map(([name, value]) => [{ [label]: name }, value]);

/** What is shown of a state: by the name of the gauge, its help, its labels and its rows. */
const GAUGES: readonly {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly string[];
  readonly rows: (state: ServerState) => Row[];
}[] = [
  {
    name: 'wirepact_connections',
    help: 'Connections, by their transport.',
    labelNames: ['transport'],
    rows: ({ connections }) => rowsOf('transport', { websocket: 0, polling: 0, ...connections }),
  },
  {
    name: 'wirepact_waiting_packets',
    help: 'Packets that wait to be handed to the connections they are for.',
    labelNames: [],
    rows: ({ waiting }) => [[{}, waiting.packets]],
  },
  {
    name: 'wirepact_waiting_bytes',
    help: 'Bytes that wait to be sent, what the operating system has not taken included.',
    labelNames: [],
    rows: ({ waiting }) => [[{}, waiting.bytes]],
  },
  {
    name: 'wirepact_congested_connections',
    help: 'Connections that read so slowly that what can be lost is held back from them.',
    labelNames: [],
    rows: ({ congested }) => [[{}, congested]],
  },
  {
    name: 'wirepact_running',
    help: 'What is under way: requests, streams, and in a chat turns of agents and those that wait for one.',
    labelNames: ['kind'],
    rows: ({ running }) => rowsOf('kind', running),
  },
];

/** Registers what shows how servers stand: they are looked at when the metrics are read, all of a contract together. */
export function createStateGauges(registry: Registry<PrometheusContentType>): StateGauges {
  const servers = new Set<Watched>();
  let seen: (ServerState & Pick<Watched, 'contract'>)[] | undefined;
  /** Every gauge is read in the same turn: connections are counted once for all of them. */
  const look = () => {
    if (seen) return seen;
    queueMicrotask(() => {
      seen = undefined;
    });
    seen = [...servers].map(({ contract, read }) => ({ contract, ...read() }));
    return seen;
  };
  for (const { name, help, labelNames, rows } of GAUGES) {
    new Gauge({
      name,
      help,
      labelNames: ['contract', ...labelNames],
      registers: [registry],
      collect() {
        this.reset();
        for (const { contract, ...state } of look())
          for (const [labels, value] of rows(state)) this.inc({ contract, ...labels }, value);
      },
    });
  }
  return {
    add(server) {
      servers.add(server);
      return () => void servers.delete(server);
    },
  };
}
