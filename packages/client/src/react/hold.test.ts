import { expect, test, vi } from 'vitest';
import { createHold } from './hold';

const nextTurn = () => new Promise((resolve) => setTimeout(resolve, 0));

function createCounted() {
  const log: string[] = [];
  const hold = createHold('nothing', (set) => {
    log.push('opened');
    set('something');
    return () => {
      log.push('closed');
      set('nothing');
    };
  });
  return { hold, log };
}

test('what is held is opened by the first listener and closed a turn after the last has gone', async () => {
  const { hold, log } = createCounted();
  expect([hold.get(), log]).toEqual(['nothing', []]);
  const stops = [hold.subscribe(() => {}), hold.subscribe(() => {})];
  expect([hold.get(), log]).toEqual(['something', ['opened']]);
  stops[0]?.();
  await nextTurn();
  expect(log).toEqual(['opened']);
  stops[1]?.();
  expect(log).toEqual(['opened']);
  await nextTurn();
  expect([hold.get(), log]).toEqual(['nothing', ['opened', 'closed']]);
});

test('who comes before that turn finds it open', async () => {
  const { hold, log } = createCounted();
  hold.subscribe(() => {})();
  const stop = hold.subscribe(() => {});
  await nextTurn();
  expect([hold.get(), log]).toEqual(['something', ['opened']]);
  stop();
  await nextTurn();
  hold.subscribe(() => {});
  expect(log).toEqual(['opened', 'closed', 'opened']);
});

test('what cannot be opened is thrown to who wants it, and tried again for the next', () => {
  const open = vi.fn(() => {
    throw new Error('no');
  });
  const hold = createHold('nothing', open);
  expect(() => hold.subscribe(() => {})).toThrow('no');
  expect(() => hold.subscribe(() => {})).toThrow('no');
  expect(open).toHaveBeenCalledTimes(2);
});
