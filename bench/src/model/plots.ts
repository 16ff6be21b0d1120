import { toCurvePlot } from '../plots/curve-plot';
import type { Costs } from './costs';
import { PROFILES } from './profiles';
import { BURSTS, BUSY, restartOf, SPREADS, waitOf } from './report';
import { largestFleet, sizeCells } from './size';

const DECADES = [10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];
const CONNECTIONS = DECADES.flatMap((decade) => [decade, decade * Math.sqrt(10)]).slice(0, -1);

/** Files with what the model says, by their names. */
export const toModelPlots = (costs: Costs): ReadonlyMap<string, string> =>
  new Map([
    [
      'scaling-nodes.svg',
      toCurvePlot(
        'What connections take',
        { title: 'connections', ticks: DECADES, isLogarithmic: true },
        { title: 'nodes', ticks: [1, 10, 100, 1_000, 10_000, 100_000], isLogarithmic: true },
        PROFILES.map((profile) => {
          const { connections: most } = largestFleet(costs, profile);
          const toPoint = (connections: number) => {
            const { cells, each } = sizeCells(costs, profile, connections, most);
            return [connections, cells * each.nodes] as const;
          };
          return { name: profile.name, points: CONNECTIONS.map(toPoint) };
        }),
      ),
    ],
    [
      'scaling-waits.svg',
      toCurvePlot(
        'A message to fifty members in a node',
        { title: 'part of its time in which the node is busy', ticks: [...BUSY] },
        { title: 'p99 in ms', ticks: [1, 10, 100, 1_000, 10_000], isLogarithmic: true },
        BURSTS.map((burst) => ({
          name: burst === 1 ? 'one by one' : `in bursts of ${burst}`,
          points: BUSY.map((busy) => [busy, waitOf(costs, busy, burst).p99] as const),
        })),
      ),
    ],
    [
      'scaling-restarts.svg',
      toCurvePlot(
        'A node of 20,000 clients is replaced',
        { title: 'drainSpreadMs', ticks: [0, 15_000, 30_000, 45_000, 60_000] },
        {
          title: 'how far the others are behind, in ms',
          ticks: [1, 10, 100, 1_000, 10_000],
          isLogarithmic: true,
        },
        [{ name: 'two others', points: SPREADS.map((ms) => [ms, restartOf(costs, ms).backlog] as const) }],
      ),
    ],
  ]);
