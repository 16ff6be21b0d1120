import { expect, test } from 'vitest';
import { Backoff } from './backoff';

test('delays double up to the maximum, with jitter on top', () => {
  const backoff = new Backoff(
    { reconnectionDelay: 100, reconnectionDelayMax: 350, randomizationFactor: 0.5 },
    () => 1,
  );
  expect([1, 2, 3, 4].map(() => backoff.nextDelayMs())).toEqual([150, 300, 525, 525]);
  expect(backoff.attempts).toBe(4);
  backoff.reset();
  expect(backoff.nextDelayMs()).toBe(150);
});

test('[CLIENT-11] a delay is never shorter than the server asked for', () => {
  const backoff = new Backoff(
    { reconnectionDelay: 100, reconnectionDelayMax: 350, randomizationFactor: 0.5 },
    () => 0,
  );
  expect(backoff.nextDelayMs(5000)).toBe(5000);
});

test('[CLIENT-11] a delay is no longer than a timer can wait, or it would be none', () => {
  const backoff = new Backoff({ reconnectionDelayMax: Number.POSITIVE_INFINITY }, () => 1);
  expect(backoff.nextDelayMs(1e12)).toBe(2e9);
});
