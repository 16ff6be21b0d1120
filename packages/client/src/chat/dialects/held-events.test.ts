import { expect, test } from 'vitest';
import { HeldEvents } from './held-events';

test('events are released once, in their order', () => {
  const held = new HeldEvents();
  const taken: number[] = [];
  for (const number of [1, 2, 3]) held.add(() => taken.push(number));
  expect(held.hasLost()).toBe(false);
  held.release();
  held.release();
  expect(taken).toEqual([1, 2, 3]);
});

test('[FOREIGN-7] where too many come, those before are dropped and it is said once, so that what they told is read', () => {
  const held = new HeldEvents();
  let taken = 0;
  for (let count = 0; count < 10_001; count += 1)
    held.add(() => {
      taken += 1;
    });
  expect(held.hasLost()).toBe(true);
  expect(held.hasLost()).toBe(false);
  held.release();
  expect(taken).toBe(1);
});
