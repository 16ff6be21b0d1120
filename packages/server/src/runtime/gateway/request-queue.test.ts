import { expect, test } from 'vitest';
import { type QueuedRequest, RequestQueue } from './request-queue';

const request = (payload: unknown = null): QueuedRequest => ({
  ...{ payload, state: 'waiting', size: 0, isPending: false },
});

test('there is room for so many requests, and again for each that is answered', () => {
  const queue = new RequestQueue({ maxPending: 2, maxPendingSize: 1_000 });
  const [first, second, third] = [request(), request(), request()];
  expect([first, second, third].map((one) => queue.take(one))).toEqual([true, true, false]);
  // What was not taken leaves no room behind, and neither does what was answered already.
  queue.release(third);
  expect(queue.take(third)).toBe(false);
  queue.release(first);
  queue.release(first);
  expect(queue.take(third)).toBe(true);
  expect(queue.take(request())).toBe(false);
});

test('there is room for so many characters beside the first request, whatever was there before', () => {
  const queue = new RequestQueue({ maxPending: 10, maxPendingSize: 100 });
  for (let round = 0; round < 3; round += 1) {
    // Each counts for one more than its characters.
    const requests = [1_000, 60, 39, 38, 1].map((length) => request('x'.repeat(length)));
    expect(requests.map((one) => queue.take(one))).toEqual([true, true, false, true, false]);
    for (const one of requests) queue.release(one);
  }
});
