import type { Figure } from '../figure';
import { SEND_GOALS } from '../goals';
import type { RunOptions } from '../options';
import { measureShapes } from './send-shapes';

/** Messages that only their sender gets back. */
export const measureSend = (options: RunOptions): Promise<Figure[]> =>
  measureShapes(
    { name: 'send → ack', variants: ['ours', 'plain', 'echo'], baseline: 'plain', goals: SEND_GOALS },
    options,
  );
