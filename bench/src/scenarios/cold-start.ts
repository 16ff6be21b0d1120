import type { Starting } from '../cold-start/moments';
import { startOnce } from '../cold-start-handle';
import type { Figure } from '../figure';
import type { RunOptions } from '../options';
import { pick, runRounds } from '../rounds';

const COMPARED: readonly Starting[] = ['ours', 'plain'];
const WARM_UPS = 1;
const MOMENTS = [
  ['imported', 'it is imported'],
  ['listening', 'it listens'],
  ['served', 'the first message is acknowledged'],
] as const;

/** What it takes until a server is there: from the start of its process, Node's own included. */
export async function measureColdStart(options: RunOptions): Promise<Figure[]> {
  const samples = await runRounds({
    ...{ title: 'cold start', subjects: COMPARED, warmUps: WARM_UPS, rounds: Math.ceil(options.rounds / 2) },
    measure: startOnce,
  });
  return MOMENTS.flatMap(([is, name]): Figure[] => {
    const shared = { title: `cold start, until ${name}`, decimals: 0, baseline: 'plain' } as const;
    return [
      { ...shared, unit: 'CPU ms', samples: pick(samples, (start) => start[is].cpuMs) },
      { ...shared, unit: 'ms', samples: pick(samples, (start) => start[is].ms) },
    ];
  });
}
