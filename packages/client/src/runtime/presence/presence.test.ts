import { expect, onTestFinished, test, vi } from 'vitest';
import { board } from '../../../test/board-fixture';
import { untilState } from '../../../test/chat-fixture';
import { serveBoard } from '../../../test/serve-board';
import { channels, createContractClient, type PresenceMember } from '../../index';

/** Presence over a real server: what clients ask, say and see. */

function enter(url: string, as: string) {
  const client = createContractClient(url, board, {
    ...{ transports: ['websocket'], reconnectionDelay: 5, reconnectionDelayMax: 20 },
    auth: { as },
    channels,
  });
  onTestFinished(() => client.close());
  const channel = client.channel('board', 'b1');
  return { client, channel, presence: channel.presence };
}

const namesOf = (members: readonly PresenceMember[]) =>
  members.map(({ identity }) => identity.entityId).sort();
const stateOf = (members: readonly PresenceMember[], entityId: string) =>
  members.find(({ identity }) => identity.entityId === entityId)?.state;
const isJoined = ({ status }: { status: string }) => status === 'joined';

test('[PRESENCE-1] whoever subscribes sees who is there, and nobody else is told', async () => {
  const { url } = await serveBoard();
  const [ada, bob] = [enter(url, 'ada'), enter(url, 'bob')];
  await untilState(bob.channel.state, isJoined);
  expect(ada.presence.members.get()).toEqual([]);
  const counts: number[] = [];
  const stopCount = ada.presence.count.subscribe((count) => counts.push(count));
  const stop = ada.presence.members.subscribe(() => {});
  await expect.poll(() => namesOf(ada.presence.members.get())).toEqual(['ada', 'bob']);
  bob.channel.release();
  await expect.poll(() => namesOf(ada.presence.members.get())).toEqual(['ada']);
  expect(counts.at(-1)).toBe(1);
  expect(bob.presence.members.get()).toEqual([]);
  stop();
  stop();
  expect(namesOf(ada.presence.members.get())).toEqual(['ada']);
  stopCount();
  await expect.poll(() => ada.presence.members.get()).toEqual([]);
  expect(ada.presence.count.get()).toBe(0);
});

test('[PRESENCE-8] members are the same objects, and their list the same array, until something changes', async () => {
  const { url } = await serveBoard();
  const [ada, bob, cleo] = [enter(url, 'ada'), enter(url, 'bob'), enter(url, 'cleo')];
  const lists: (readonly PresenceMember[])[] = [];
  onTestFinished(ada.presence.members.subscribe((list) => lists.push(list)));
  for (const { channel } of [ada, bob, cleo]) await untilState(channel.state, isJoined);
  await expect.poll(() => lists.at(-1)).toHaveLength(3);
  const before = lists.at(-1) ?? [];
  bob.presence.set({ at: 1 });
  await expect.poll(() => stateOf(ada.presence.members.get(), 'bob')).toEqual({ at: 1 });
  const after = ada.presence.members.get();
  expect(after).not.toBe(before);
  const others = (list: readonly PresenceMember[]) =>
    list.filter(({ identity }) => identity.entityId !== 'bob');
  expect(others(after)).toHaveLength(2);
  for (const member of others(after)) expect(before).toContain(member);
  expect(new Set(lists).size).toBe(lists.length);
});

test('[PRESENCE-8] a state is said again after a reconnect, and so is that one wants to know who is there', async () => {
  const first = await serveBoard();
  const port = Number(new URL(first.url).port);
  const [ada, bob] = [enter(first.url, 'ada'), enter(first.url, 'bob')];
  onTestFinished(ada.presence.members.subscribe(() => {}));
  bob.presence.set({ typing: true });
  await expect.poll(() => stateOf(ada.presence.members.get(), 'bob')).toEqual({ typing: true });
  const before = ada.presence.members.get().find(({ identity }) => identity.entityId === 'ada');
  await first.server.close();
  await untilState(ada.channel.state, ({ status }) => status === 'rejoining');
  await serveBoard({ intervalMs: 20 }, port);
  await untilState(ada.channel.state, isJoined);
  enter(first.url, 'cleo');
  await expect.poll(() => namesOf(ada.presence.members.get())).toEqual(['ada', 'bob', 'cleo']);
  await expect.poll(() => stateOf(ada.presence.members.get(), 'bob')).toEqual({ typing: true });
  // Told anew, and still the same.
  expect(ada.presence.members.get()).toContain(before);
  bob.presence.clear();
  await expect.poll(() => stateOf(ada.presence.members.get(), 'bob')).toBeUndefined();
  expect(namesOf(ada.presence.members.get())).toEqual(['ada', 'bob', 'cleo']);
});

test('[PRESENCE-8] a state is said again while it holds', async () => {
  const { url } = await serveBoard({ intervalMs: 20, stateTtlMs: 1_500 });
  const [ada, bob, cleo] = [enter(url, 'ada'), enter(url, 'bob'), enter(url, 'cleo')];
  const states: unknown[] = [];
  onTestFinished(ada.presence.members.subscribe((list) => states.push(stateOf(list, 'bob'))));
  bob.presence.set({ at: 1 });
  await expect.poll(() => states.at(-1)).toEqual({ at: 1 });
  states.length = 0;
  // Four a second at most: this takes longer than the server keeps what is not said again.
  for (let at = 1; at <= 8; at += 1) {
    cleo.presence.set({ at });
    await expect.poll(() => stateOf(ada.presence.members.get(), 'cleo')).toEqual({ at });
  }
  expect(states.length).toBeGreaterThanOrEqual(8);
  expect(states).not.toContain(undefined);
});

test('[PRESENCE-8] a state ends when its time is over, or its channel is let go of', async () => {
  const { url } = await serveBoard({ intervalMs: 20, stateTtlMs: 3_600_000 });
  const [ada, bob] = [enter(url, 'ada'), enter(url, 'bob')];
  const states: unknown[] = [];
  onTestFinished(ada.presence.members.subscribe((list) => states.push(stateOf(list, 'bob'))));
  const held = bob.client.channel('board', 'b1');
  // What is over before the channel is joined is not said at all.
  await untilState(bob.channel.state, isJoined);
  bob.presence.set({ at: 1 }, { forMs: 1_000 });
  await expect.poll(() => states).toContainEqual({ at: 1 });
  await expect.poll(() => states.at(-1)).toBeUndefined();
  held.presence.set({ at: 2 });
  await expect.poll(() => states.at(-1)).toEqual({ at: 2 });
  held.release();
  await expect.poll(() => states.at(-1)).toBeUndefined();
  expect(bob.channel.state.get().status).toBe('joined');
});

test('states go out four times a second at most, the last one always', async () => {
  const { url } = await serveBoard({ intervalMs: 1 });
  const [ada, bob] = [enter(url, 'ada'), enter(url, 'bob')];
  const seen = new Set<string>();
  onTestFinished(
    ada.presence.members.subscribe((list) => seen.add(JSON.stringify(stateOf(list, 'bob') ?? null))),
  );
  await untilState(bob.channel.state, isJoined);
  const began = performance.now();
  for (let at = 1; at <= 100; at += 1) {
    bob.presence.set({ at });
    await bob.client.request('refresh');
  }
  await expect.poll(() => stateOf(ada.presence.members.get(), 'bob')).toEqual({ at: 100 });
  seen.delete('null');
  // However slow the machine is: the first one, and one more for each interval there was.
  expect(seen.size).toBeLessThanOrEqual(2 + Math.floor((performance.now() - began) / 250));
});

test('[PRESENCE-5] a state that breaks the contract is reported, and not sent', async () => {
  const { url } = await serveBoard();
  const { channel, presence } = enter(url, 'ada');
  await untilState(channel.state, isJoined);
  const uncaught = vi.fn();
  vi.stubGlobal('reportError', uncaught);
  onTestFinished(() => void vi.unstubAllGlobals());
  onTestFinished(presence.members.subscribe(() => {}));
  // @ts-expect-error the state is another one
  presence.set({ typing: 'yes' });
  await expect.poll(() => uncaught.mock.calls).toHaveLength(1);
  expect(uncaught.mock.calls[0]?.[0]).toMatchObject({
    code: 'INVALID_PAYLOAD',
    message: 'presence.set: /typing must be boolean.',
  });
  presence.set({ typing: true });
  await expect.poll(() => stateOf(presence.members.get(), 'ada')).toEqual({ typing: true });
});
