import { expect, test } from 'vitest';
import type { NewStoredEvent } from '../../runtime/ports/event-store';
import { createLazyStore, type WholeStore } from './lazy-store';
import { createMemoryStore } from './memory-store';

/** A store that is loaded when the test says so, with the names of the events that it was given. */
function createSlowStore() {
  const memory = createMemoryStore();
  const given: string[] = [];
  const listeners = new Set<unknown>();
  const whole: WholeStore = {
    ...memory,
    appendEvent(id, event) {
      given.push(event.name);
      return memory.appendEvent(id, event);
    },
    appendWithin: () => Promise.reject(new Error('no transactions')),
    watchCommits(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  let finish = () => {};
  const loading = new Promise<WholeStore>((resolve) => {
    finish = () => resolve(whole);
  });
  let loads = 0;
  const store = createLazyStore(() => {
    loads += 1;
    return loading;
  });
  return { store, given, listeners, finish, loads: () => loads };
}

const ROOM = 'board:b1';
const event = (name: string): NewStoredEvent => ({ name, payload: {} });

test('a store is loaded once, when it is first used', async () => {
  const { store, finish, loads } = createSlowStore();
  expect(loads()).toBe(0);
  finish();
  await store.open();
  expect(await store.countChannels(1)).toBe(0);
  expect(loads()).toBe(1);
});

test('what is asked while it is loaded is asked in its order, and before what is asked then', async () => {
  const { store, given, finish } = createSlowStore();
  const opened = store.openChannel(ROOM);
  const early = ['a', 'b'].map((name) => store.appendEvent(ROOM, event(name)));
  finish();
  await opened;
  const late = ['c', 'd'].map((name) => store.appendEvent(ROOM, event(name)));
  await Promise.all([...early, ...late]);
  expect(given).toEqual(['a', 'b', 'c', 'd']);
  await new Promise((resolve) => setImmediate(resolve));
  void store.appendEvent(ROOM, event('e'));
  expect(given).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('turns are those of the store, and fail as it does', async () => {
  const { store, finish } = createSlowStore();
  finish();
  expect(await store.turns.listOthers('nobody', 1)).toEqual([]);
  await expect(store.appendWithin({}, ROOM, event('a'))).rejects.toThrow('no transactions');
});

test('who watches its commits before it is there does so then, unless that has ended', async () => {
  const { store, listeners, finish } = createSlowStore();
  const [kept, ended] = [() => {}, () => {}];
  const stop = store.watchCommits(kept);
  store.watchCommits(ended)();
  finish();
  await store.open();
  expect([...listeners]).toEqual([kept]);
  stop();
  expect([...listeners]).toEqual([]);
});

test('where it cannot be loaded, whoever asks something of it is told, and who watches its commits hears of none', async () => {
  const store = createLazyStore(() => Promise.reject(new Error('no such file')));
  const stop = store.watchCommits(() => {});
  await expect(store.open()).rejects.toThrow('no such file');
  stop();
});
