import { expect } from 'vitest';
import type { RawResponse } from './raw-http';
import type { RawSession, SessionEnd } from './raw-session';
import { UpgradeRefused } from './raw-websocket';

/** Close codes that say nothing: none was sent, or that all is well. */
const SILENT_CODES: readonly (number | undefined)[] = [undefined, 1000, 1005, 1006];

/** Whether whoever was cut off was told why: in `connection_ended`, or at least by a close code. */
export function expectTold(end: SessionEnd): void {
  const isTold = end.reason !== undefined || !SILENT_CODES.includes(end.closeCode);
  expect(isTold, `was told why it ended: ${JSON.stringify(end)}`).toBe(true);
}

/** A status that says whose fault it is. */
export function expectRefused(response: RawResponse | undefined): void {
  expect(response?.status, JSON.stringify(response)).toBeGreaterThanOrEqual(400);
}

/** The same, in the middle of a body: the server hangs up then, and its answer may be lost with the rest. */
export function expectTurnedAway(response: RawResponse | undefined): void {
  if (response) expectRefused(response);
}

/** What became of a session: it goes on and events are answered, or it has ended. */
export async function outcomeOf(session: RawSession): Promise<'goes on' | SessionEnd> {
  const answered = session.ask('heartbeat').then(
    () => 'goes on' as const,
    () => session.end(),
  );
  return Promise.race([answered, session.end()]);
}

/** The answer of a server that does not want a websocket. */
export const refusalOf = (opening: Promise<unknown>): Promise<RawResponse | undefined> =>
  opening.then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof UpgradeRefused) return error.response;
      throw error;
    },
  );
