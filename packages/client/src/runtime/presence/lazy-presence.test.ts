import { ROOM_NAMES } from '@wirepact/contract/runtime';
import { afterEach, expect, test, vi } from 'vitest';
import { board } from '../../../test/board-fixture';
import { createObservable } from '../base/observable';
import { LazyPresence } from './lazy-presence';

/** A page that cannot load the code of presence from its server, until it can. */
function beginWithoutCode(status: string) {
  const schema = board.presence?.board;
  if (!schema) throw new Error('The board declares no presence.');
  vi.resetModules();
  vi.doMock('./presence-driver', () => {
    throw new Error('Failed to fetch dynamically imported module');
  });
  const state = createObservable({ status });
  const channel = { ...state, subscribe: vi.fn(state.subscribe) };
  const ask = vi.fn(async () => ({ ttlMs: 30_000 }));
  const check = { contract: board, report: async () => [] };
  const presence = new LazyPresence({ channel, schema, check, names: ROOM_NAMES, ask });
  return { channel, ask, presence, mine: presence.of({}) };
}

type Channel = ReturnType<typeof beginWithoutCode>['channel'];

/** Once the code was not to be had, the server is there again, and has it. */
async function comeBack(channel: Channel): Promise<void> {
  await expect.poll(() => channel.subscribe.mock.calls.length).toBeGreaterThan(0);
  vi.doUnmock('./presence-driver');
  vi.resetModules();
  channel.set({ status: 'joined' });
}

const reported = vi.fn();
vi.stubGlobal('reportError', reported);

afterEach(() => {
  vi.doUnmock('./presence-driver');
  reported.mockClear();
});

test('what is said while the server is away and the code is not there is said once it is back, and is no uncaught error', async () => {
  const { channel, ask, presence, mine } = beginWithoutCode('rejoining');
  presence.members.subscribe(() => {});
  mine.set({ typing: true }, { forMs: 60_000 });
  mine.set({ typing: false }, { forMs: 60_000 });
  await comeBack(channel);
  await expect
    .poll(() => ask.mock.calls)
    .toEqual([
      [ROOM_NAMES.watchPresence, { watching: true }],
      [ROOM_NAMES.updatePresence, { state: { typing: false }, ttlMs: expect.any(Number) }],
    ]);
  expect(reported).not.toHaveBeenCalled();
});

test('what is over by then is not said any more', async () => {
  const { channel, ask, presence, mine } = beginWithoutCode('rejoining');
  mine.set({ typing: true }, { forMs: -1 });
  presence.members.subscribe(() => {});
  await comeBack(channel);
  await expect.poll(() => ask.mock.calls).toEqual([[ROOM_NAMES.watchPresence, { watching: true }]]);
});

test('code that does not come though the server is there is an error that somebody should see', async () => {
  const { mine } = beginWithoutCode('joined');
  mine.set({ typing: true });
  await expect.poll(() => reported.mock.calls).toHaveLength(1);
  expect(reported.mock.calls[0]?.[0]).toMatchObject({ code: 'LOAD_FAILED' });
});

test('code that does not come before the page notices that its server is away is asked for again once it is back', async () => {
  const { channel, ask, presence } = beginWithoutCode('joined');
  presence.members.subscribe(() => {});
  await expect.poll(() => reported.mock.calls).toHaveLength(1);
  channel.set({ status: 'rejoining' });
  await comeBack(channel);
  await expect.poll(() => ask.mock.calls).toEqual([[ROOM_NAMES.watchPresence, { watching: true }]]);
  expect(reported).toHaveBeenCalledTimes(1);
});
