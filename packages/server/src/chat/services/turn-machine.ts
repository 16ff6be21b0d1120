/** How a turn has ended: its answer is whole, or for one of four reasons it is not. */
export type TurnEnd = 'answered' | 'failed' | 'timeout' | 'cancelled' | 'lost';

/** Where an agent's turn to answer a message stands. */
export type TurnState = 'waiting' | 'streaming' | TurnEnd;

/**
 * What happens to a turn: it is its time (`begin`), the agent says something (`part`), it is done (`finish`), it throws
 * (`fail`), its time is up (`expire`), somebody stops it (`cancel`), or its process is gone (`lose`).
 */
export type TurnEvent = 'begin' | 'part' | 'finish' | 'fail' | 'expire' | 'cancel' | 'lose';

/** SPEC [TURN-1]: what is not here cannot happen, and changes nothing. */
const STEPS: Readonly<Record<TurnState, Partial<Record<TurnEvent, TurnState>>>> = {
  waiting: { begin: 'streaming', fail: 'failed', cancel: 'cancelled', lose: 'lost' },
  streaming: {
    part: 'streaming',
    finish: 'answered',
    fail: 'failed',
    expire: 'timeout',
    cancel: 'cancelled',
    lose: 'lost',
  },
  answered: {},
  failed: {},
  timeout: {},
  cancelled: {},
  lost: {},
};

/** Where a turn stands after an event; `undefined` where that cannot happen to it. */
export const nextTurnState = (state: TurnState, event: TurnEvent): TurnState | undefined =>
  STEPS[state][event];

/** Whether a turn has ended, and so how. */
export const isTurnEnd = (state: TurnState): state is TurnEnd => state !== 'waiting' && state !== 'streaming';
