import type { Figure } from '../figure';
import { DIALECTS_GOALS } from '../goals';
import type { RunOptions } from '../options';
import { compareMemory } from './memory';
import { measureShapes } from './send-shapes';

const COMPARED = { variants: ['withDialects', 'ours'], baseline: 'ours' } as const;

/** What clients cost that speak no dialect, on a server that has one. */
export async function measureDialects(options: RunOptions): Promise<Figure[]> {
  const sending = { ...COMPARED, name: 'send → ack beside a dialect', goals: DIALECTS_GOALS };
  const idle = {
    ...COMPARED,
    name: 'idle connection beside a dialect',
    rss: DIALECTS_GOALS,
    heap: DIALECTS_GOALS,
  };
  return [...(await measureShapes(sending, options)), ...(await compareMemory(idle, options))];
}
