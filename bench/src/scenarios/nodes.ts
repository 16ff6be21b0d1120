import type { Figure } from '../figure';
import { type Backends, withBackends } from '../fleet/backends';
import { Fleet, type FleetSample } from '../fleet/fleet';
import { FORMATIONS, type FormationName } from '../fleet/formations';
import { relayed, stored, type Talk } from '../fleet/talk';
import { NODES_GOALS } from '../goals';
import type { RunOptions } from '../options';
import { pick, progress, runRounds } from '../rounds';
import { withTemporaryFolder } from '../temporary-folder';

/** Many processes take their turns: fewer rounds, or it takes minutes. */
const ROUND_SHARE = 4;
const WARM_UPS = 3;

/** What is said to how many members, how often at once. */
interface Load {
  readonly talk: Talk;
  readonly members: number;
  readonly together: number;
  readonly compared: readonly FormationName[];
}

const NODES = ['oneNode', 'twoNodes', 'threeNodes'] as const;
const RELAYED: readonly FormationName[] = ['alone', ...NODES, 'twoWorkers'];

const LOADS: readonly Load[] = [
  { talk: relayed, members: 100, together: 1, compared: RELAYED },
  { talk: relayed, members: 100, together: 16, compared: RELAYED },
  { talk: relayed, members: 1_000, together: 1, compared: RELAYED },
  { talk: stored, members: 100, together: 1, compared: NODES },
];

async function withFleets<Result>(
  { talk, members, compared }: Load,
  backends: Backends,
  options: RunOptions,
  work: (fleets: ReadonlyMap<FormationName, Fleet>) => Promise<Result>,
): Promise<Result> {
  const fleets = new Map<FormationName, Fleet>();
  try {
    for (const name of compared)
      fleets.set(
        name,
        await Fleet.start(talk, FORMATIONS[name], { rooms: 1, members }, backends, options.nodeOptions),
      );
    return await work(fleets);
  } finally {
    await Promise.all([...fleets.values()].map((fleet) => fleet.stop()));
  }
}

async function measureLoad(load: Load, backends: Backends, options: RunOptions): Promise<Figure[]> {
  const { talk, members, together, compared } = load;
  const title = `${talk.name} to ${members.toLocaleString('en')} members, ${together} at once`;
  return withFleets(load, backends, options, async (fleets) => {
    const samples = await runRounds({
      ...{
        title,
        subjects: compared,
        warmUps: WARM_UPS,
        rounds: Math.ceil(options.rounds / ROUND_SHARE),
      },
      measure: async (name) => {
        const fleet = fleets.get(name);
        if (!fleet) throw new Error(`${name} does not run.`);
        return fleet.measure(() => fleet.talkFor(options.windowMs, together));
      },
    });
    const shared = { title, decimals: 2, baseline: 'oneNode' } as const;
    const perDelivery = (read: (sample: FleetSample) => number) =>
      pick(samples, (sample) => read(sample) / sample.deliveries);
    return [
      {
        ...{ ...shared, unit: 'CPU µs a delivery, all processes', goals: NODES_GOALS },
        samples: perDelivery(({ servers, redis, postgres }) => servers + redis + postgres),
      },
      { ...shared, unit: 'of it, servers', samples: perDelivery(({ servers }) => servers) },
      { ...shared, unit: 'of it, Redis', samples: perDelivery(({ redis }) => redis) },
    ];
  });
}

/** The same deliveries by one, two and three server processes: what it costs that they are several. */
export const measureNodes = (options: RunOptions): Promise<Figure[]> =>
  withTemporaryFolder(async (folder) => {
    const figures: Figure[] = [];
    const isDone = await withBackends(folder, async (backends) => {
      for (const load of LOADS)
        if (backends.createDatabase || !load.talk.isStored)
          figures.push(...(await measureLoad(load, backends, options)));
      return true;
    });
    if (!isDone) progress('nodes: Redis is not installed here and is left out');
    return figures;
  });
