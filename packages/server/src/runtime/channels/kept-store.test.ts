import { expect, onTestFinished, test, vi } from 'vitest';
import { createMemoryStore } from '../../chat/store/memory-store';
import type { EventStore } from '../ports/event-store';
import { createKeptLog } from '../test-log';
import { keepStore } from './kept-store';

const FIVE_MINUTES_MS = 5 * 60_000;

const fail = (): never => {
  throw new Error('not a promise');
};

/** Keeps a store of the host's that throws where it should reject. */
function keep(broken: Partial<EventStore>) {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const { logger, lines } = createKeptLog();
  const store: EventStore = { ...createMemoryStore(), ...broken };
  const kept = keepStore(store, { isOwn: false, meter: undefined, logger });
  onTestFinished(() => kept.close());
  return { kept, lines };
}

test('a store that throws when it is opened is one that cannot be opened', async () => {
  const { kept, lines } = keep({ open: fail });
  await expect(kept.ready).rejects.toThrow('not a promise');
  expect(lines).toMatchObject([{ msg: 'the store cannot be opened', err: { message: 'not a promise' } }]);
});

test('a store that throws when it is to forget is told of in the log, and ends nothing', async () => {
  const { lines } = keep({ prune: fail });
  await vi.advanceTimersByTimeAsync(FIVE_MINUTES_MS);
  expect(lines).toMatchObject([{ msg: 'the store could not be pruned', err: { message: 'not a promise' } }]);
});
