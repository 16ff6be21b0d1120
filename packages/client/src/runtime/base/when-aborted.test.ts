import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { pause, withDeadline } from './deadline';
import { whenAborted } from './when-aborted';

const countListeners = (signal: AbortSignal) => getEventListeners(signal, 'abort').length;

test('however many wait for a signal, it has one listener, and none when nobody waits any more', async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const waits = Array.from({ length: 30 }, () => pause(60_000, signal));
  const ends: ((value: string) => void)[] = [];
  const requests = Array.from({ length: 30 }, () =>
    withDeadline('it', { timeoutMs: 60_000, signal }, () => new Promise<string>((end) => ends.push(end))),
  );
  expect(countListeners(signal)).toBe(1);
  for (const end of ends) end('done');
  expect(await Promise.all(requests)).toEqual(Array(30).fill('done'));
  expect(countListeners(signal)).toBe(1);
  controller.abort();
  await Promise.all(waits);
  await pause(0, new AbortController().signal);

  const other = new AbortController().signal;
  await Promise.all(Array.from({ length: 30 }, () => pause(0, other)));
  expect(countListeners(other)).toBe(0);
});

test('whoever ends one wait ends it alone, and one that is aborted already is told at once', () => {
  const controller = new AbortController();
  const told: string[] = [];
  const stop = whenAborted(controller.signal, () => told.push('first'));
  whenAborted(controller.signal, () => told.push('second'));
  stop();
  controller.abort();
  expect(told).toEqual(['second']);
  whenAborted(controller.signal, () => told.push('third'));
  expect(told).toEqual(['second', 'third']);
});
