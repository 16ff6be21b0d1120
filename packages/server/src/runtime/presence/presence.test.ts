import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStage } from './test-stage';

/** Presence without sockets: slow readers, and what a room costs that nobody asks about. */

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('[PRESENCE-9] who reads slowly is left out, and is told everything at once when it has read', async () => {
  const stage = createStage();
  const [ada, bob] = [stage.join('ada'), stage.join('bob')];
  stage.watch(ada);
  stage.watch(bob);
  bob.isSlow = true;
  for (const id of ['c', 'd', 'e']) {
    stage.join(id);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(ada.heard).toHaveLength(4);
  expect(bob.heard).toHaveLength(1);
  bob.read();
  await vi.advanceTimersByTimeAsync(0);
  expect(bob.heard).toHaveLength(2);
  expect(bob.heard[1]).toEqual({
    count: 5,
    members: ['ada', 'bob', 'c', 'd', 'e'].map((entityId) => ({ identity: { entityId } })),
  });
  stage.leave('c');
  await vi.advanceTimersByTimeAsync(100);
  expect(bob.heard[2]).toEqual({ count: 4, left: ['c'] });
});

test('a room that nobody asks about has no timer and no event, whatever happens in it', async () => {
  const stage = createStage();
  const connections = Array.from({ length: 50 }, (_, index) => stage.join(`m${index}`));
  const [first, second] = connections;
  if (!first || !second) throw new Error('nobody is there');
  await stage.update(first, { typing: true });
  stage.join('late');
  stage.leave('m9');
  expect(vi.getTimerCount()).toBe(0);
  stage.watch(second);
  expect(second.heard[0]?.count).toBe(50);
  expect(second.heard[0]?.members?.[0]).toEqual({ identity: { entityId: 'm0' }, state: { typing: true } });
  expect(vi.getTimerCount()).toBe(1);
  stage.join('later');
  expect(vi.getTimerCount()).toBe(2);
  stage.watch(second, false);
  expect(vi.getTimerCount()).toBe(0);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(stage.broadcasts).toBe(0);
  stage.watch(second);
  expect(second.heard[1]?.count).toBe(51);
  expect(second.heard[1]?.members?.[0]).toEqual({ identity: { entityId: 'm0' } });
  stage.presence.close();
  expect(vi.getTimerCount()).toBe(0);
});

test('[PRESENCE-6] many who come, go and do something in one interval make one event', async () => {
  const stage = createStage({ intervalMs: 250, maxMembers: 1_000, stateTtlMs: 1_000 });
  const ada = stage.join('ada');
  stage.watch(ada);
  for (let index = 0; index < 500; index += 1) {
    const member = stage.join(`m${index}`);
    if (index % 2 === 0) stage.leave(member.id);
    else for (let at = 0; at < 3; at += 1) void stage.update(member, { at });
  }
  await vi.advanceTimersByTimeAsync(250);
  expect(stage.broadcasts).toBe(1);
  const [, change] = ada.heard;
  expect(change?.count).toBe(251);
  expect(change?.joined).toHaveLength(250);
  expect(change?.joined?.every(({ state }) => JSON.stringify(state) === '{"at":2}')).toBe(true);
  expect(change?.left).toBeUndefined();
  await vi.advanceTimersByTimeAsync(250);
  expect(stage.broadcasts).toBe(1);
});

test('[PRESENCE-4] states end when their time is over, the shorter ones first, together in one event', async () => {
  const stage = createStage();
  const [ada, bob, cleo] = [stage.join('ada'), stage.join('bob'), stage.join('cleo')];
  stage.watch(ada);
  await stage.update(bob, { at: 1 });
  await stage.update(cleo, { at: 2 }, 300);
  await stage.update(ada, { at: 3 }, 300);
  await vi.advanceTimersByTimeAsync(450);
  expect(ada.heard.at(-1)).toEqual({ count: 3, updated: [{ entityId: 'cleo' }, { entityId: 'ada' }] });
  await stage.update(bob, { at: 1 });
  await vi.advanceTimersByTimeAsync(900);
  // It was said again, and holds: nothing has changed.
  expect(ada.heard).toHaveLength(3);
  await vi.advanceTimersByTimeAsync(300);
  expect(ada.heard.at(-1)).toEqual({ count: 3, updated: [{ entityId: 'bob' }] });
  expect(vi.getTimerCount()).toBe(0);
});

test('[PRESENCE-6] that a state is over is told at once, and only once in an interval', async () => {
  const stage = createStage();
  const [ada, bob, cleo] = [stage.join('ada'), stage.join('bob'), stage.join('cleo')];
  await stage.update(bob, { typing: true });
  await stage.update(cleo, { typing: true });
  stage.watch(ada);
  await stage.update(bob);
  expect(ada.heard.at(-1)).toEqual({ count: 3, updated: [{ entityId: 'bob' }] });
  // Whoever says so again and again is told of as anybody else.
  for (let at = 0; at < 10; at += 1) {
    await stage.update(bob, { at });
    await stage.update(bob);
  }
  await stage.update(cleo);
  expect(ada.heard).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(100);
  expect(ada.heard).toHaveLength(3);
  expect(ada.heard.at(-1)).toEqual({ count: 3, updated: [{ entityId: 'cleo' }] });
  await stage.update(bob, { typing: true });
  await vi.advanceTimersByTimeAsync(100);
  await stage.update(bob);
  expect(ada.heard.slice(3)).toEqual([
    { count: 3, updated: [{ entityId: 'bob', state: { typing: true } }] },
    { count: 3, updated: [{ entityId: 'bob' }] },
  ]);
  stage.presence.close();
  expect(vi.getTimerCount()).toBe(0);
});
