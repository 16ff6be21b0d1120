import type { PresenceChange } from '@wirepact/contract/runtime';
import { afterEach, expect, test, vi } from 'vitest';
import { WatchedRoom, type WatchedRoomDeps } from './watched-room';

const INTERVAL_MS = 10;
const ENDS_AT = 1_000;

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test('[PRESENCE-4] a state is told to be over also where its time comes while it is looked at', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  let now = 0;
  // Time goes on between any two looks at the clock.
  vi.spyOn(performance, 'now').mockImplementation(() => {
    now += 0.2;
    return now;
  });
  const told: PresenceChange[] = [];
  // Of connections and rooms only this is used here.
  const watched = new WatchedRoom('room', {
    numbers: { intervalMs: INTERVAL_MS, maxMembers: 10, stateTtlMs: ENDS_AT },
    tell: (_to: unknown, _roomId: string, change: PresenceChange) => void told.push(change),
    tellPeers: () => {},
    onQuiet: () => {},
    broadcaster: { toLocal: () => ({ emit: () => true }) },
  } as unknown as WatchedRoomDeps<never>);
  watched.room.join('connection', { entityId: 'ada' });
  watched.watch({ id: 'connection', join: () => {}, isCongested: () => false } as never);
  watched.room.update('connection', { typing: true }, ENDS_AT);
  watched.tellSoon();
  watched.awaitExpiry();
  vi.advanceTimersByTime(INTERVAL_MS);
  expect(told.at(-1)).toMatchObject({ updated: [{ entityId: 'ada', state: { typing: true } }] });
  // A timer may be a little early.
  now = ENDS_AT - 0.3;
  vi.advanceTimersByTime(ENDS_AT);
  now = 2 * ENDS_AT;
  vi.advanceTimersByTime(ENDS_AT);
  expect(told.at(-1)?.updated).toEqual([{ entityId: 'ada' }]);
});
