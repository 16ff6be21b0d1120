import type { PresenceChange } from '@wirepact/contract/runtime';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Peers } from '../ports/peers';
import { createStage } from './test-stage';

/** Presence of several processes without sockets: what they tell each other, and what becomes of it where that is lost. */

const NUMBERS = { intervalMs: 100, maxMembers: 4, stateTtlMs: 60_000 };

interface Sent {
  readonly by: number;
  readonly message: {
    readonly parts?: readonly (readonly [string, PresenceChange])[];
    readonly all?: string;
  };
}

/** Processes that hear each other, unless they are cut off; everything is sent as JSON. */
function createCluster(count: number, numbers = NUMBERS) {
  const listeners: ((message: unknown) => void)[] = [];
  const sent: Sent[] = [];
  const cutOff = new Set<number>();
  const peersOf = (by: number): Peers => ({
    areReachable: true,
    send(_topic, message) {
      const copy = JSON.parse(JSON.stringify(message));
      sent.push({ by, message: copy });
      for (const [to, listener] of listeners.entries())
        if (to !== by && !cutOff.has(by) && !cutOff.has(to)) listener(copy);
    },
    onMessage: (_topic, listener) => void listeners.push(listener),
  });
  const stages = Array.from({ length: count }, (_, index) => createStage(numbers, peersOf(index)));
  const shout = (message: unknown) => {
    for (const hear of listeners) hear(message);
  };
  return { stages, sent, cutOff, shout };
}

/** Two processes, and a member of the first one who watches. */
function createPair(numbers = NUMBERS) {
  const cluster = createCluster(2, numbers);
  const [here, there] = cluster.stages;
  if (!here || !there) throw new Error('there are no two');
  const ada = here.join('ada');
  here.watch(ada);
  return { ...cluster, here, there, ada };
}

const settle = () => vi.advanceTimersByTimeAsync(250);
const BEAT_MS = 2_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('[PRESENCE-10] who is in another process, comes and goes there, and what they do there is told', async () => {
  const { there, ada } = createPair();
  const bob = there.join('bob');
  await settle();
  expect(ada.heard.at(-1)).toEqual({ count: 2, joined: [{ identity: { entityId: 'bob' } }] });
  await there.update(bob, { typing: true }, 1_000);
  await settle();
  expect(ada.heard.at(-1)).toEqual({ count: 2, updated: [{ entityId: 'bob', state: { typing: true } }] });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(ada.heard.at(-1)).toEqual({ count: 2, updated: [{ entityId: 'bob' }] });
  there.leave('bob');
  await settle();
  expect(ada.heard.at(-1)).toEqual({ count: 1, left: ['bob'] });
  expect(ada.heard).toHaveLength(5);
});

test('[PRESENCE-10] who is in two processes comes once, and is gone when it is in neither', async () => {
  const { here, there, ada } = createPair();
  there.join('bob');
  await settle();
  here.join('bob');
  await settle();
  there.leave('bob');
  await settle();
  expect(ada.heard.slice(1)).toEqual([{ count: 2, joined: [{ identity: { entityId: 'bob' } }] }]);
  there.join('bob');
  here.leave('bob');
  await settle();
  expect(ada.heard).toHaveLength(2);
  there.leave('bob');
  await settle();
  expect(ada.heard.at(-1)).toEqual({ count: 1, left: ['bob'] });
});

test('[PRESENCE-10] what is said in one process takes the place of what was said in another', async () => {
  const { here, there, ada } = createPair();
  const [bobHere, bobThere] = [here.join('bob'), there.join('bob')];
  await there.update(bobThere, { at: 1 });
  await settle();
  await here.update(bobHere, { at: 2 });
  await settle();
  expect(ada.heard.at(-1)?.updated).toEqual([{ entityId: 'bob', state: { at: 2 } }]);
  // It was said elsewhere, and so is not over with the connection here that says nothing.
  await there.update(bobThere, { at: 3 });
  await settle();
  here.leave('bob');
  await settle();
  expect(ada.heard.at(-1)?.updated).toEqual([{ entityId: 'bob', state: { at: 3 } }]);
});

test('[PRESENCE-11] those in a process that says nothing any more are gone after four looks, and back when it is', async () => {
  const { there, ada, cutOff } = createPair();
  there.join('bob');
  await settle();
  cutOff.add(1);
  await vi.advanceTimersByTimeAsync(3 * BEAT_MS - 250);
  expect(ada.heard).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(BEAT_MS + 250);
  expect(ada.heard.at(-1)).toEqual({ count: 1, left: ['bob'] });
  cutOff.clear();
  await vi.advanceTimersByTimeAsync(3 * BEAT_MS);
  expect(ada.heard.at(-1)).toEqual({ count: 2, joined: [{ identity: { entityId: 'bob' } }] });
});

test('[PRESENCE-11] what was lost between processes is told again, and only what it has changed', async () => {
  const { there, ada, cutOff } = createPair();
  for (const id of ['bob', 'cleo']) there.join(id);
  await settle();
  expect(ada.heard).toHaveLength(2);
  cutOff.add(1);
  there.leave('bob');
  there.join('dan');
  await settle();
  cutOff.clear();
  await vi.advanceTimersByTimeAsync(2 * BEAT_MS);
  expect(ada.heard.slice(2)).toEqual([
    { count: 3, joined: [{ identity: { entityId: 'dan' } }], left: ['bob'] },
  ]);
});

test('[PRESENCE-11] a room that was left, or is watched no more, while processes could not hear each other is so afterwards', async () => {
  const { here, there, ada, cutOff, sent } = createPair();
  const bob = there.join('bob');
  there.watch(bob);
  await settle();
  cutOff.add(1);
  there.watch(bob, false);
  there.leave('bob');
  await settle();
  cutOff.clear();
  await vi.advanceTimersByTimeAsync(2 * BEAT_MS);
  expect(ada.heard.at(-1)).toEqual({ count: 1, left: ['bob'] });
  const before = sent.filter(({ by, message }) => by === 0 && message.parts).length;
  here.join('cleo');
  await settle();
  expect(sent.filter(({ by, message }) => by === 0 && message.parts)).toHaveLength(before);
});

test('[PRESENCE-11] a process that closes says so, and its members are gone at once', async () => {
  const { there, ada } = createPair();
  there.join('bob');
  await settle();
  there.presence.close();
  await settle();
  expect(ada.heard.at(-1)).toEqual({ count: 1, left: ['bob'] });
});

test('a process that starts later hears which rooms are watched, and one that is gone is told no more', async () => {
  const { there, ada, cutOff, sent } = createPair();
  cutOff.add(1);
  await settle();
  there.join('bob');
  cutOff.clear();
  await vi.advanceTimersByTimeAsync(2 * BEAT_MS);
  expect(ada.heard.at(-1)?.joined).toEqual([{ identity: { entityId: 'bob' } }]);
  cutOff.add(0);
  await vi.advanceTimersByTimeAsync(5 * BEAT_MS);
  const before = sent.filter(({ by }) => by === 1).length;
  there.join('cleo');
  await vi.advanceTimersByTimeAsync(5 * BEAT_MS);
  expect(sent.filter(({ by }) => by === 1)).toHaveLength(before);
});

test('[PRESENCE-7] of a process with many members only their number is told to others, and to those who watch', async () => {
  const { here, there, ada, sent } = createPair();
  for (let index = 0; index < 50; index += 1) there.join(`m${index}`);
  await settle();
  expect(ada.heard.at(-1)).toEqual({ count: 51 });
  const parts = sent.flatMap(({ message }) => message.parts ?? []).map(([, change]) => change);
  expect(parts).toEqual([{ count: 50 }]);
  here.join('bob');
  for (let index = 3; index < 50; index += 1) there.leave(`m${index}`);
  await settle();
  expect(ada.heard.at(-1)).toEqual({ count: 5 });
  there.leave('m0');
  there.leave('m1');
  await settle();
  expect(ada.heard.at(-1)).toEqual({
    count: 3,
    members: ['ada', 'bob', 'm2'].map((entityId) => ({ identity: { entityId } })),
  });
});

test('[PRESENCE-6] many who come and go in another process within an interval are one message to it, and one event', async () => {
  const { there, ada, sent } = createPair({ ...NUMBERS, maxMembers: 1_000 });
  await settle();
  there.join('first');
  await settle();
  const before = sent.length;
  for (let index = 0; index < 500; index += 1) there.join(`m${index}`);
  await settle();
  expect(sent.length - before).toBe(1);
  expect(ada.heard.at(-1)?.joined).toHaveLength(500);
  expect(ada.heard).toHaveLength(3);
});

test('where nobody watches, processes tell each other nothing and have no timer', async () => {
  const { stages, sent } = createCluster(2);
  const [here, there] = stages;
  const ada = here?.join('ada');
  there?.join('bob');
  await vi.advanceTimersByTimeAsync(3 * BEAT_MS);
  expect(sent).toEqual([]);
  if (ada) here?.watch(ada);
  await settle();
  if (ada) here?.watch(ada, false);
  there?.leave('bob');
  await vi.advanceTimersByTimeAsync(6 * BEAT_MS);
  expect(vi.getTimerCount()).toBe(0);
  const before = sent.length;
  await vi.advanceTimersByTimeAsync(6 * BEAT_MS);
  expect(sent).toHaveLength(before);
});

test('a process that asks gets everything once, however many ask at a time, in messages of bounded size', async () => {
  const { stages, sent, cutOff } = createCluster(4, { ...NUMBERS, maxMembers: 1_000 });
  const [there] = stages;
  for (let index = 0; index < 900; index += 1) there?.join(`m${index}`);
  for (const [index, stage] of stages.entries()) if (index > 0) stage.watch(stage.join(`w${index}`));
  await settle();
  for (const index of [1, 2, 3]) cutOff.add(index);
  there?.leave('m0');
  await settle();
  cutOff.clear();
  await vi.advanceTimersByTimeAsync(2 * BEAT_MS);
  expect(sent.filter(({ by, message }) => by === 0 && message.all === 'begin')).toHaveLength(1);
  const told = (part: PresenceChange) => part.members?.length ?? 0;
  for (const { message } of sent)
    expect((message.parts ?? []).reduce((sum, [, part]) => sum + told(part), 0)).toBeLessThanOrEqual(1_000);
});

test('what is no message of a process is passed over', async () => {
  const { there, ada, shout } = createPair();
  there.join('bob');
  await settle();
  const bad = [
    ...[undefined, null, 7, 'text', [], {}],
    ...[
      { from: 1, number: 1 },
      { from: 'x', number: '1' },
      { from: 'x', number: 1, ask: 'all' },
    ],
    ...[
      { from: 'x', number: 1, wishes: [['board:b1']] },
      { from: 'x', number: 1, parts: [['board:b1', 1]] },
    ],
    { from: 'x', number: 1, parts: [['board:b1', { count: 1, members: [{ identity: {} }] }]] },
    JSON.parse('{"from":"x","number":1,"parts":[["__proto__",{"count":1,"__proto__":{"members":[]}}]]}'),
  ];
  for (const message of bad) expect(() => shout(message)).not.toThrow();
  await settle();
  expect(ada.heard).toHaveLength(2);
});
