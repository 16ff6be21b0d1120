import { AsyncLocalStorage } from 'node:async_hooks';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createMemoryStore } from '../../index';
import { silent } from '../../runtime/test-client';
import { TurnWatch } from './turn-watch';

test('[TRACE-2] a look belongs to no request, not even to the one that began the watch', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const underWay = new AsyncLocalStorage<string>();
  const looks: (string | undefined)[] = [];
  const watch = new TurnWatch({
    turns: createMemoryStore().turns,
    owner: 'this process',
    own: () => [],
    forgetDoubtful: async () => void looks.push(underWay.getStore()),
    settle: async () => {},
    isThere: async () => true,
    adopt: () => {},
    logger: silent,
  });
  onTestFinished(() => {
    watch.stop();
    vi.useRealTimers();
  });
  underWay.run('a request', () => watch.start());
  await expect.poll(() => looks).toEqual([undefined]);
  underWay.run('a request', () => vi.advanceTimersByTime(2_000));
  await expect.poll(() => looks).toEqual([undefined, undefined]);
});
