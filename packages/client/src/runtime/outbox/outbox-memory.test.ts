import { expect, test } from 'vitest';
import { countAlive } from '../../../test/count-alive';
import type { OutgoingPayload, SentMessage } from '../../index';
import { SharedTask } from '../base/shared-task';
import { Backoff } from '../connection/backoff';
import { Outbox } from './outbox';

const ignore = () => {};

test('[D1] an outbox keeps nothing of the messages it has sent', async () => {
  const receipts: WeakRef<SentMessage>[] = [];
  const outbox = new Outbox<OutgoingPayload, SentMessage>({
    keyOf: ({ messageId }) => messageId,
    eventOf: () => 'send_message',
    ready: async () => {},
    isReady: () => true,
    findObstacle: () => undefined,
    deliver: async ({ messageId }) => {
      const receipt = { messageId, createdAt: 1 };
      receipts.push(new WeakRef(receipt));
      return receipt;
    },
    createBackoff: () =>
      new Backoff({ reconnectionDelay: 1, reconnectionDelayMax: 1, randomizationFactor: 0 }),
    events: {
      queued: ignore,
      sent: ignore,
      failed: ignore,
      lost: ignore,
      waiting: ignore,
      discarded: ignore,
    },
    maxSends: 1000,
  });
  const payload = { channelId: '', serverId: '', entityId: '', text: '' };
  for (let number = 0; number < 500; number += 1)
    await outbox.send({ ...payload, messageId: String(number) }, { timeoutMs: 60_000 });
  expect(receipts).toHaveLength(500);
  // The last one may still be in the hands of whoever waits for it.
  await expect.poll(() => countAlive(receipts)).toBeLessThan(3);
  expect(outbox.isFull).toBe(false);
});

test('[D1] a task that goes on keeps nothing of those who no longer wait for it', async () => {
  const task = new SharedTask(() => new Promise(() => {}));
  const stays = task.wait(new AbortController().signal);
  const signals: WeakRef<AbortSignal>[] = [];
  for (let number = 0; number < 200; number += 1) {
    const leaving = new AbortController();
    signals.push(new WeakRef(leaving.signal));
    const waiting = task.wait(leaving.signal).catch(ignore);
    leaving.abort();
    await waiting;
  }
  await expect.poll(() => countAlive(signals)).toBeLessThan(3);
  expect(task.abandoned).toBe(false);
  stays.catch(ignore);
});
