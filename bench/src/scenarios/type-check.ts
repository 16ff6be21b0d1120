import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Figure, Subject } from '../figure';
import { INSTANTIATIONS_AN_EVENT, TYPE_CHECK_GOALS } from '../goals';
import type { RunOptions } from '../options';
import { pick, runRounds } from '../rounds';
import { withTemporaryFolder } from '../temporary-folder';
import { type Checked, checkProject } from '../type-check/compiler';
import { EVENT_COUNTS, type EventCount } from '../type-check/event-count';
import { type Way, writeProject } from '../type-check/project';

const SUBJECTS: readonly EventCount[] = ['events300', 'events25'];
const TITLES: Readonly<Record<Way, string>> = {
  'socket.io': 'type check of a project',
  wirepact: 'type check, our server and client',
};

/** What one event more takes, beside what is allowed: a count, so the same in every round. */
function toInstantiations(title: string, samples: ReadonlyMap<EventCount, readonly Checked[]>): Figure {
  const counts = pick(samples, ({ instantiations }) => instantiations);
  const few = counts.get('events25') ?? [];
  const added = EVENT_COUNTS.events300 - EVENT_COUNTS.events25;
  const each = (counts.get('events300') ?? []).map(
    (many, round) => (many - (few[round] ?? Number.NaN)) / added,
  );
  return {
    title,
    unit: 'instantiations an event',
    decimals: 0,
    goals: { events300: 1 },
    baseline: 'allowed',
    samples: new Map<Subject, readonly number[]>([
      ['events300', each],
      ['allowed', each.map(() => INSTANTIATIONS_AN_EVENT)],
    ]),
  };
}

/** What TypeScript takes for a project of 300 events that speaks in one way, against 25. */
const measureWay = (way: Way, options: RunOptions): Promise<Figure[]> =>
  withTemporaryFolder(async (folder) => {
    const title = TITLES[way];
    for (const subject of SUBJECTS) {
      await mkdir(join(folder, subject));
      await writeProject(join(folder, subject), EVENT_COUNTS[subject], way);
    }
    const samples = await runRounds({
      title,
      subjects: SUBJECTS,
      warmUps: 1,
      rounds: options.fewRounds,
      measure: (subject) => checkProject(join(folder, subject)),
    });
    const cpu: Figure = {
      title,
      unit: 'compiler CPU ms',
      decimals: 0,
      goals: TYPE_CHECK_GOALS,
      baseline: 'events25',
      samples: new Map<Subject, readonly number[]>(pick(samples, ({ cpuMs }) => cpuMs)),
    };
    return [cpu, toInstantiations(title, samples)];
  });

/** What TypeScript takes for a typed server and client of 300 events, against 25: Socket.IO's, and ours. */
export const measureTypeCheck = async (options: RunOptions): Promise<Figure[]> => [
  ...(await measureWay('socket.io', options)),
  ...(await measureWay('wirepact', options)),
];
