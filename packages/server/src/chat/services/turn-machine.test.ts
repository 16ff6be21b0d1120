import { describe, expect, test } from 'vitest';
import { isTurnEnd, nextTurnState, type TurnEvent, type TurnState } from './turn-machine';

const EVENTS: readonly TurnEvent[] = ['begin', 'part', 'finish', 'fail', 'expire', 'cancel', 'lose'];
const ENDS: readonly TurnState[] = ['answered', 'failed', 'timeout', 'cancelled', 'lost'];

/** Where each event leads, in the order of `EVENTS`; nowhere where it cannot happen. */
const TABLE: [TurnState, (TurnState | undefined)[]][] = [
  ['waiting', ['streaming', undefined, undefined, 'failed', undefined, 'cancelled', 'lost']],
  ['streaming', [undefined, 'streaming', 'answered', 'failed', 'timeout', 'cancelled', 'lost']],
  ...ENDS.map((state): [TurnState, undefined[]] => [state, EVENTS.map(() => undefined)]),
];

describe.each(TABLE)('[TURN-1] a turn that is %s', (state, expected) => {
  test.each(EVENTS.map((event, index) => [event, expected[index]] as const))(
    'on %s becomes %s',
    (event, next) => {
      expect(nextTurnState(state, event)).toBe(next);
    },
  );
});

test('[TURN-1] a turn ends once, whatever happens to it in whatever order', () => {
  const walk = (state: TurnState, ends: number, depth: number): void => {
    expect(ends).toBe(isTurnEnd(state) ? 1 : 0);
    if (depth === 0) return;
    for (const event of EVENTS) {
      const next = nextTurnState(state, event);
      if (next) walk(next, ends + (isTurnEnd(next) ? 1 : 0), depth - 1);
    }
  };
  walk('waiting', 0, 5);
});
