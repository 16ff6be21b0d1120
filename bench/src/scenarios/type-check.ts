import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Figure, INSTANTIATIONS_AN_EVENT, type Subject, TYPE_CHECK_GOAL_RATIO } from '../figure';
import type { RunOptions } from '../options';
import { pick, runRounds } from '../rounds';
import { withTemporaryFolder } from '../temporary-folder';
import { type Checked, checkProject } from '../type-check/compiler';
import { EVENT_COUNTS, type EventCount } from '../type-check/event-count';
import { writeProject } from '../type-check/project';

const SUBJECTS: readonly EventCount[] = ['events300', 'events25'];
const TITLE = 'type check of a project';

/** What one event more takes, beside what is allowed: a count, so the same in every round. */
function toInstantiations(samples: ReadonlyMap<EventCount, readonly Checked[]>): Figure {
  const counts = pick(samples, ({ instantiations }) => instantiations);
  const few = counts.get('events25') ?? [];
  const added = EVENT_COUNTS.events300 - EVENT_COUNTS.events25;
  const each = (counts.get('events300') ?? []).map(
    (many, round) => (many - (few[round] ?? Number.NaN)) / added,
  );
  return {
    ...{ title: TITLE, unit: 'instantiations an event', decimals: 0, goal: 1, baseline: 'allowed' },
    samples: new Map<Subject, readonly number[]>([
      ['events300', each],
      ['allowed', each.map(() => INSTANTIATIONS_AN_EVENT)],
    ]),
  };
}

/** What TypeScript takes for a typed server and client of 300 events, against 25. */
export const measureTypeCheck = (options: RunOptions): Promise<Figure[]> =>
  withTemporaryFolder(async (folder) => {
    for (const subject of SUBJECTS) {
      await mkdir(join(folder, subject));
      await writeProject(join(folder, subject), EVENT_COUNTS[subject]);
    }
    const samples = await runRounds({
      ...{ title: TITLE, subjects: SUBJECTS, warmUps: 1, rounds: options.memoryRounds },
      measure: (subject) => checkProject(join(folder, subject)),
    });
    const costs = pick(samples, ({ cpuMs }) => cpuMs);
    return [
      {
        ...{
          title: TITLE,
          unit: 'compiler CPU ms',
          decimals: 0,
          goal: TYPE_CHECK_GOAL_RATIO,
          baseline: 'events25',
        },
        samples: new Map<Subject, readonly number[]>(costs),
      },
      toInstantiations(samples),
    ];
  });
