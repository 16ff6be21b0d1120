import { setTimeout as delay } from 'node:timers/promises';
import type { EventRegistry } from '@wirepact/contract/runtime';
import type { Connection } from './ports/connection';

/** Between two looks at how many connections should have ended, in milliseconds. */
const STEP_MS = 100;

/** Tells clients to come back, one after the other within a time; those that are not told yet are served on. */
export async function endGradually<Events extends EventRegistry>(
  connections: () => readonly Connection<Events>[],
  overMs: number,
): Promise<void> {
  const steps = Math.ceil(overMs / STEP_MS);
  const all = connections();
  let ended = 0;
  for (let step = 1; step <= steps && connections().length > 0; step += 1) {
    const due = Math.ceil((all.length * step) / steps);
    for (const connection of all.slice(ended, due))
      connection.end('SERVER_CLOSING', 'The server is closing.');
    ended = due;
    await delay(STEP_MS, undefined, { ref: false });
  }
}
