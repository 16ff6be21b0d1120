import { setTimeout as delay } from 'node:timers/promises';
import type { Store } from '@wirepact/server';

/** Looks that find no turn: one may be about to begin when the message was acknowledged. */
const LOOKS = 3;
const LOOK_INTERVAL_MS = 200;
const MAX_TURNS = 10_000;

/** How many turns are under way in a store. */
export const countOpenTurns = async (store: Store): Promise<number> =>
  (await store.turns.listOthers('', MAX_TURNS)).length;

/** Waits until no turn is under way, or the time is over. @param open A store of its own, which is closed. */
export async function awaitTurns(open: () => Store, withinMs: number): Promise<void> {
  const store = open();
  const until = performance.now() + withinMs;
  try {
    for (let looks = 0; looks < LOOKS && performance.now() < until; ) {
      looks = (await countOpenTurns(store)) === 0 ? looks + 1 : 0;
      await delay(LOOK_INTERVAL_MS);
    }
  } finally {
    await store.close();
  }
}
