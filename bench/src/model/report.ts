import { alignRows } from '../table';
import type { Check, Costs } from './costs';
import { type Load, predictCheck } from './predict';
import { PROFILES } from './profiles';
import { simulateQueue } from './queue';
import { createRandom } from './random';
import { simulateRestart } from './restart';
import { largestFleet, rateOf, sizeCells, sizeFleet } from './size';

/** How many connections are looked at. */
export const SIZES = [10_000, 1_000_000, 100_000_000] as const;
const SEED = 7;
const CORE = 1_000_000;
const MS_PER_MICRO = 1 / 1_000;
const MB = 2 ** 20;

const count = (value: number) => Math.round(value).toLocaleString('en');
const cores = (micros: number) => (micros / CORE).toFixed(micros < CORE / 10 ? 3 : 1);

const megabytes = (bytes: number) => (bytes / MB).toFixed(bytes < MB ? 2 : 0);

/** By how much the model is off, as a part of what was measured. */
export const errorOf = (predicted: number, measured: number): number => predicted / measured - 1;

const showError = (predicted: number, measured: number) => {
  const percent = Math.round(errorOf(predicted, measured) * 100);
  return `${percent > 0 ? '+' : ''}${percent} %`;
};

function toCheckRow(costs: Costs, check: Check): string[] {
  const predicted = predictCheck(costs, check);
  const part = (name: keyof Load) =>
    check.talk === 'relayed' && name === 'postgres'
      ? ['', '', '']
      : [
          (check[name] / check.messages).toFixed(0),
          (predicted[name] / check.messages).toFixed(0),
          showError(predicted[name], check[name]),
        ];
  return [check.talk, `${check.nodes}`, ...part('servers'), ...part('redis'), ...part('postgres')];
}

/** What was measured on one to three nodes, and what the model says of it. */
export const checksTable = (costs: Costs): string =>
  alignRows([
    [
      ...['talk', 'nodes', 'servers, µs a message', 'model', 'error'],
      ...['Redis', 'model', 'error', 'PostgreSQL', 'model', 'error'],
    ],
    ...costs.checks.map((check) => toCheckRow(costs, check)),
  ]);

/** What each size of each profile takes. */
export const sizesTable = (costs: Costs): string =>
  alignRows([
    [
      ...['profile', 'connections', 'messages a second', 'cells', 'nodes in all', 'nodes a cell'],
      ...[
        'a cell: Redis cores',
        'MB/s through it',
        'PostgreSQL cores',
        'MB/s into its log',
        'MB/s to clients',
      ],
    ],
    ...PROFILES.flatMap((profile) => {
      const { connections: most } = largestFleet(costs, profile);
      return SIZES.map((connections) => {
        const { cells, each } = sizeCells(costs, profile, connections, most);
        return [
          ...[profile.name, count(connections), count(rateOf(profile, connections))],
          ...[count(cells), count(cells * each.nodes), count(each.nodes)],
          ...[cores(each.load.redis), megabytes(each.redisBytes)],
          ...[cores(each.load.postgres), megabytes(each.postgresLog), megabytes(each.deliveredBytes)],
        ];
      });
    }),
  ]);

/** Up to where one Redis and one PostgreSQL do, and what gives out there. */
export const limitsTable = (costs: Costs): string =>
  alignRows([
    ['profile', 'one fleet takes', 'on nodes', 'then gives out'],
    ...PROFILES.map((profile) => {
      const { connections, limit } = largestFleet(costs, profile);
      const { nodes } = sizeFleet(costs, profile, connections);
      return [profile.name, count(connections), count(nodes), limit];
    }),
  ]);

/** How busy a node may be, and how many messages come together, where the wait is looked at. */
export const BUSY = [0.3, 0.5, 0.6, 0.7, 0.8, 0.9] as const;
export const BURSTS = [1, 10, 50] as const;
const ARRIVALS = 20_000;
const LISTENERS = 50;

/** How long a message to fifty members is under way in a node that is so busy. */
export const waitOf = ({ talks }: Costs, busy: number, burst: number) =>
  simulateQueue({
    ...{ busy, burst, arrivals: ARRIVALS, random: createRandom(SEED) },
    serviceMs: (talks.stored.send + LISTENERS * talks.stored.deliver) * MS_PER_MICRO,
  });

/** Waits by how busy a node is. */
export const waitsTable = (costs: Costs): string =>
  alignRows([
    [
      'a node is busy for',
      ...BURSTS.map((burst) => `p99, ${burst === 1 ? 'one by one' : `in bursts of ${burst}`}`),
    ],
    ...BUSY.map((busy) => [
      `${busy * 100} %`,
      ...BURSTS.map((burst) => `${waitOf(costs, busy, burst).p99.toFixed(1)} ms`),
    ]),
  ]);

/** Over how long a node of so many clients is drained, and how many nodes take them. */
export const SPREADS = [0, 1_000, 5_000, 10_000, 30_000, 60_000] as const;
const DRAINED = 20_000;
const OTHERS = 2;
const BUSY_OTHERS = 0.4;

/** How a node of 20,000 clients is replaced whose two others are busy for 40 % of their time. */
export const restartOf = ({ connection }: Costs, spreadMs: number) =>
  simulateRestart({
    ...{ connections: DRAINED, others: OTHERS, spreadMs, busy: BUSY_OTHERS, random: createRandom(SEED) },
    connectMs: connection.connect * MS_PER_MICRO,
  });

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;

/** Restarts by `drainSpreadMs`. */
export const restartsTable = (costs: Costs): string =>
  alignRows([
    ['drainSpreadMs', 'most that come back in a second', 'others are behind by', 'away, p50', 'away, p99'],
    ...SPREADS.map((spreadMs) => {
      const { peak, backlog, p50, p99 } = restartOf(costs, spreadMs);
      return [count(spreadMs), count(peak), seconds(backlog), seconds(p50), seconds(p99)];
    }),
  ]);

/** Restarts that were measured, and what the simulation says of them. */
export const restartChecksTable = (costs: Costs): string =>
  alignRows([
    ['clients', 'drainSpreadMs', 'away, p50', 'model', 'away, p99', 'model', 'most in a second', 'model'],
    ...costs.restarts.map(({ clients, spreadMs, p50, p99, peak }) => {
      // Those that took them share one machine: they are no faster than one.
      const model = simulateRestart({
        ...{ connections: clients, others: 1, spreadMs, busy: 0, random: createRandom(SEED) },
        connectMs: costs.connection.connectMs,
      });
      return [
        ...[count(clients), count(spreadMs), seconds(p50), seconds(model.p50)],
        ...[seconds(p99), seconds(model.p99), count(peak), count(model.peak)],
      ];
    }),
  ]);

/** Everything the model says, as Markdown, in the order in which one asks. */
export const describeModel = (costs: Costs): string =>
  [
    `Costs of ${costs.run}. What is counted and what is not: [the page on scaling](../docs/scaling.md).`,
    '## Is it right? Runs that nothing of the costs is taken from',
    checksTable(costs),
    '## How far one Redis and one PostgreSQL go',
    limitsTable(costs),
    '## Rooms shared out over cells, each with a Redis and a PostgreSQL of its own',
    sizesTable(costs),
    `## How long a message to ${LISTENERS} members is under way in a node`,
    waitsTable(costs),
    `## A node of ${count(DRAINED)} clients is replaced, and ${OTHERS} others take them`,
    restartsTable(costs),
    '## Restarts that were measured',
    restartChecksTable(costs),
  ].join('\n\n');
