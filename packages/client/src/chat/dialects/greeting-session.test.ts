import { expect, onTestFinished, test, vi } from 'vitest';
import type { DialectLink } from '../../runtime/connection/dialect';
import { GreetingSession } from './greeting-session';

/** What a server is taken for that has not greeted yet. */

function begin() {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const ended = new AbortController();
  const receive = vi.fn();
  const link: DialectLink = {
    ...{ session: ended.signal, receive },
    exchange: async () => ({ status: 'lost' }),
    credentials: async () => ({}),
  };
  const openers = { document: () => link, elizaos: () => link };
  return { session: new GreetingSession(link, openers), receive, ended };
}

test('[FOREIGN-1] a server that does not greet is taken for one of the protocol, after a time', async () => {
  const { session, receive } = begin();
  const acknowledge = () => {};
  session.receive('early', { at: 1 }, acknowledge);
  vi.advanceTimersByTime(1_999);
  expect(receive).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  await session.ready;
  session.receive('late', { at: 2 });
  expect(receive.mock.calls).toEqual([
    ['early', { at: 1 }, acknowledge],
    ['late', { at: 2 }],
  ]);
});

test('a connection that ends is not waited for any longer, and no timer is left', async () => {
  const { session, ended } = begin();
  ended.abort();
  await session.ready;
  expect(vi.getTimerCount()).toBe(0);
});
