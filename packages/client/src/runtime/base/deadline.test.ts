import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { pause, untilAborted, withDeadline } from './deadline';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const obey = (deadline: AbortSignal) => untilAborted(new Promise<never>(() => {}), deadline);

test('the deadline passes after timeoutMs and not before', async () => {
  const ended = vi.fn();
  const waiting = withDeadline('It', { timeoutMs: 100 }, obey).catch(ended);
  await vi.advanceTimersByTimeAsync(99);
  expect(ended).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await waiting;
  expect(ended.mock.calls[0]?.[0]).toMatchObject({
    code: 'TIMEOUT',
    message: 'It had no answer within 100 ms.',
  });
});

test('no timer is left behind', async () => {
  await withDeadline('It', { timeoutMs: 100 }, async () => 'done');
  await pause(0, AbortSignal.abort());
  const controller = new AbortController();
  const pausing = pause(1000, controller.signal);
  controller.abort();
  await pausing;
  expect(vi.getTimerCount()).toBe(0);
});

test('a pause lasts as long as it was asked to', async () => {
  const done = vi.fn();
  void pause(50, new AbortController().signal).then(done);
  await vi.advanceTimersByTimeAsync(49);
  expect(done).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(done).toHaveBeenCalledOnce();
});
