import { type Figure, GOAL_RATIO } from '../figure';
import type { RunOptions } from '../options';
import { measureShapes } from './send-shapes';

/** Messages that only their sender gets back. */
export const measureSend = (options: RunOptions): Promise<Figure[]> =>
  measureShapes({ name: 'send → ack', variants: ['ours', 'plain', 'echo'], goal: GOAL_RATIO }, options);
