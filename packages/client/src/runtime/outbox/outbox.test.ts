import { WirepactError } from '@wirepact/contract/runtime';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { rejectionOf } from '../../../test/chat-fixture';
import type { OutgoingPayload, SentMessage } from '../../index';
import { closedError, createClientError } from '../base/client-errors';
import { Gate } from '../base/gate';
import { Backoff } from '../connection/backoff';
import { Outbox } from './outbox';
import type { OutboxDeadline, OutboxWait } from './outbox-deps';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const payload = (messageId: string): OutgoingPayload => ({
  ...{ channelId: 'channel', serverId: 'server', entityId: 'me', text: messageId, messageId },
});
const receipt = (seq: number): SentMessage => ({
  messageId: `server-${seq}`,
  createdAt: seq,
  seq,
  epoch: 'one',
});
const unavailable = (retryAfterMs?: number) =>
  new WirepactError('STORE_UNAVAILABLE', 'Later.', { retryable: true, retryAfterMs });
const forbidden = () => new WirepactError('FORBIDDEN', 'No.');

/** An outbox whose server is the test: `attempts` has every delivery, to be answered by hand. */
function start({ maxMessages = 100 } = {}) {
  const gate = new Gate();
  gate.open();
  const attempts: { id: string; resolve: (sent: SentMessage) => void; reject: (error: Error) => void }[] = [];
  const log: string[] = [];
  const lost: string[] = [];
  const waits: (OutboxWait | undefined)[] = [];
  const outbox = new Outbox<OutgoingPayload, SentMessage>({
    keyOf: ({ messageId }) => messageId,
    eventOf: () => 'send_message',
    ready: (signal) => gate.pass(signal, { whileDisconnected: true }),
    isReady: () => gate.isOpen,
    findObstacle: () => (gate.isOpen ? undefined : { reason: 'not connected.' }),
    deliver: ({ messageId: id }) => new Promise((resolve, reject) => attempts.push({ id, resolve, reject })),
    createBackoff: () =>
      new Backoff({ reconnectionDelay: 100, reconnectionDelayMax: 1000, randomizationFactor: 0.5 }, () => 0),
    events: {
      queued: ({ messageId }, losses) =>
        log.push(`queued ${messageId}${losses > 0 ? ` after ${losses} losses` : ''}`),
      sent: ({ messageId }) => log.push(`sent ${messageId}`),
      failed: ({ messageId }, { code }) => log.push(`failed ${messageId} ${code}`),
      discarded: ({ messageId }) => log.push(`discarded ${messageId}`),
      lost: ({ messageId }, losses) => lost.push(`${messageId} ${losses}`),
      waiting: (waiting) => waits.push(waiting),
    },
    maxSends: maxMessages,
  });
  const send = (id: string, deadline: Partial<OutboxDeadline> = {}) => {
    const sending = outbox.send(payload(id), { timeoutMs: 60_000, ...deadline });
    sending.catch(() => {});
    return sending;
  };
  /** Lets everything happen that needs no more time. */
  const flush = () => vi.advanceTimersByTimeAsync(0);
  const last = () => {
    const attempt = attempts.at(-1);
    if (!attempt) throw new Error('nothing was sent');
    return attempt;
  };
  return {
    outbox,
    send,
    gate,
    attempts,
    log,
    lost,
    waits,
    flush,
    last,
    ids: () => attempts.map(({ id }) => id),
  };
}

test('messages go out one after the other, the next when the one before has settled', async () => {
  const { send, flush, last, ids, log } = start();
  const [a, b] = [send('a'), send('b')];
  await flush();
  expect(ids()).toEqual(['a']);
  last().resolve(receipt(1));
  expect(await a).toEqual(receipt(1));
  await flush();
  expect(ids()).toEqual(['a', 'b']);
  last().reject(forbidden());
  expect(await rejectionOf(b)).toMatchObject({ code: 'FORBIDDEN' });
  expect(log).toEqual(['queued a', 'queued b', 'sent a', 'failed b FORBIDDEN']);
});

test('what may succeed later is tried again with the same id, ever less often, and nothing overtakes it', async () => {
  const { send, flush, last, ids } = start();
  const a = send('a');
  send('b');
  await flush();
  last().reject(unavailable());
  await vi.advanceTimersByTimeAsync(99);
  expect(ids()).toEqual(['a']);
  await vi.advanceTimersByTimeAsync(1);
  expect(ids()).toEqual(['a', 'a']);
  last().reject(createClientError('DISCONNECTED', 'Lost.'));
  await vi.advanceTimersByTimeAsync(199);
  expect(ids()).toEqual(['a', 'a']);
  await vi.advanceTimersByTimeAsync(1);
  last().reject(unavailable(5000));
  await vi.advanceTimersByTimeAsync(4999);
  expect(ids()).toEqual(['a', 'a', 'a']);
  await vi.advanceTimersByTimeAsync(1);
  last().resolve(receipt(1));
  await a;
  await flush();
  expect(ids()).toEqual(['a', 'a', 'a', 'a', 'b']);
});

test('a failed message does not hold up those behind it, and can be tried again behind them', async () => {
  const { outbox, send, flush, last, ids, log } = start();
  const [a, b] = [send('a'), send('b')];
  await flush();
  last().reject(forbidden());
  await rejectionOf(a);
  await flush();
  const again = outbox.retry('a', { timeoutMs: 1000 });
  last().resolve(receipt(1));
  await b;
  await flush();
  expect(ids()).toEqual(['a', 'b', 'a']);
  last().resolve(receipt(2));
  expect(await again).toEqual(receipt(2));
  expect(log.at(-1)).toBe('sent a');
  expect(outbox.retry('a', { timeoutMs: 1 })).toBeUndefined();
});

test('messages wait while there is no connection, also after it was ended on purpose', async () => {
  const { send, gate, flush, last, attempts } = start();
  gate.fail(createClientError('DISCONNECTED', 'Told to.'));
  const a = send('a');
  await flush();
  gate.shut();
  gate.fail(createClientError('DISCONNECTED', 'Told to, again.'));
  await vi.advanceTimersByTimeAsync(30_000);
  expect(attempts).toEqual([]);
  gate.open();
  await flush();
  last().resolve(receipt(1));
  expect(await a).toEqual(receipt(1));
});

test('messages fail where connecting makes no sense', async () => {
  const { send, gate } = start();
  gate.fail(new WirepactError('UNAUTHENTICATED', 'Sign in.'));
  expect(await rejectionOf(send('a'))).toMatchObject({ code: 'UNAUTHENTICATED' });
});

test('nothing waits for ever: in its turn, for the connection, for a receipt, or between attempts', async () => {
  const { send, gate, attempts, last, flush, log } = start();
  const first = send('a', { timeoutMs: 1000 });
  const second = send('b', { timeoutMs: 500 });
  await vi.advanceTimersByTimeAsync(500);
  expect(await rejectionOf(second)).toMatchObject({ code: 'TIMEOUT', retryable: true });
  await vi.advanceTimersByTimeAsync(500);
  expect(await rejectionOf(first)).toMatchObject({ code: 'TIMEOUT' });
  const third = send('c', { timeoutMs: 1000 });
  await flush();
  last().reject(unavailable(60_000));
  await vi.advanceTimersByTimeAsync(1000);
  expect(await rejectionOf(third)).toMatchObject({ code: 'TIMEOUT' });
  gate.shut();
  const fourth = send('d', { timeoutMs: 1000 });
  await vi.advanceTimersByTimeAsync(1000);
  expect(await rejectionOf(fourth)).toMatchObject({ code: 'TIMEOUT' });
  expect(attempts.map(({ id }) => id)).toEqual(['a', 'c']);
  expect(log.filter((line) => line.startsWith('failed'))).toHaveLength(4);
  expect(vi.getTimerCount()).toBe(0);
});

test('one that is given up in its turn keeps its place: the next does not overtake those before', async () => {
  const { send, flush, ids, last } = start();
  send('a');
  send('b', { timeoutMs: 10 });
  const c = send('c');
  await vi.advanceTimersByTimeAsync(10);
  expect(ids()).toEqual(['a']);
  last().resolve(receipt(1));
  await flush();
  expect(ids()).toEqual(['a', 'c']);
  last().resolve(receipt(2));
  await c;
});

test('aborting takes back what has not gone out, and leaves what has as failed', async () => {
  const { send, flush, log, attempts } = start();
  const [under, waiting] = [new AbortController(), new AbortController()];
  const a = send('a', { signal: under.signal });
  const b = send('b', { signal: waiting.signal });
  const c = send('c', { signal: AbortSignal.abort() });
  await flush();
  waiting.abort();
  expect(await rejectionOf(b)).toMatchObject({ code: 'ABORTED' });
  under.abort();
  expect(await rejectionOf(a)).toMatchObject({ code: 'ABORTED' });
  expect(await rejectionOf(c)).toMatchObject({ code: 'ABORTED' });
  expect(log.slice(3)).toEqual(['discarded c', 'discarded b', 'failed a ABORTED']);
  await flush();
  expect(attempts).toHaveLength(1);
});

test('a discarded message is gone, whether it waits, is on its way or has failed', async () => {
  const { outbox, send, flush, last, log, ids } = start();
  const [a, b, c] = [send('a'), send('b'), send('c')];
  await flush();
  const { resolve } = last();
  expect([outbox.discard('b'), outbox.discard('b'), outbox.discard('a')]).toEqual([true, false, true]);
  expect(await rejectionOf(a)).toMatchObject({ code: 'ABORTED' });
  expect(await rejectionOf(b)).toMatchObject({ code: 'ABORTED' });
  resolve(receipt(1));
  await flush();
  expect(ids()).toEqual(['a', 'c']);
  last().reject(forbidden());
  await rejectionOf(c);
  expect(outbox.discard('c')).toBe(true);
  expect(log.slice(3)).toEqual(['discarded b', 'discarded a', 'failed c FORBIDDEN', 'discarded c']);
});

test('a message with an id that is there is the same message', async () => {
  const { send, flush, last, attempts } = start();
  const [first, second] = [send('a'), send('a')];
  await flush();
  last().resolve(receipt(1));
  expect(await Promise.all([first, second])).toEqual([receipt(1), receipt(1)]);
  const refused = send('b');
  await flush();
  last().reject(forbidden());
  await rejectionOf(refused);
  const again = send('b');
  await flush();
  last().resolve(receipt(2));
  expect(await again).toEqual(receipt(2));
  expect(attempts).toHaveLength(3);
});

test('a failed message the server turns out to have is done; one that waits still gets its receipt', async () => {
  const { outbox, send, flush, last, log } = start();
  const a = send('a', { timeoutMs: 10 });
  await vi.advanceTimersByTimeAsync(10);
  await rejectionOf(a);
  outbox.confirm('a');
  expect(log.at(-1)).toBe('discarded a');
  const b = send('b');
  await flush();
  outbox.confirm('b');
  last().resolve(receipt(1));
  expect(await b).toEqual(receipt(1));
});

test('the outbox is bounded, failed messages included', async () => {
  const { outbox, send, flush, last } = start({ maxMessages: 2 });
  const a = send('a');
  send('b');
  expect(await rejectionOf(send('c'))).toMatchObject({ code: 'OUTBOX_FULL', retryable: true });
  await flush();
  last().reject(forbidden());
  await rejectionOf(a);
  expect(await rejectionOf(send('c'))).toMatchObject({ code: 'OUTBOX_FULL' });
  outbox.discard('a');
  const c = send('c');
  await flush();
  last().resolve(receipt(1));
  await flush();
  last().resolve(receipt(2));
  expect(await c).toEqual(receipt(2));
});

test('closing rejects everything at once, and whatever comes later', async () => {
  const { outbox, send, flush, last, log } = start();
  const [a, b] = [send('a'), send('b')];
  await flush();
  last().reject(unavailable(60_000));
  await flush();
  outbox.close(closedError());
  for (const sending of [a, b, send('c')])
    expect(await rejectionOf(sending)).toMatchObject({ code: 'CLOSED' });
  expect(log.slice(2).sort()).toEqual(['failed a CLOSED', 'failed b CLOSED']);
  expect(vi.getTimerCount()).toBe(0);
});

test('abandoning takes out everything, failed messages too', async () => {
  const { outbox, send, flush, last, log } = start();
  const [a, b] = [send('a'), send('b')];
  await flush();
  last().reject(forbidden());
  await rejectionOf(a);
  outbox.abandon(createClientError('CHANNEL_LEFT', 'Left.'));
  expect(await rejectionOf(b)).toMatchObject({ code: 'CHANNEL_LEFT' });
  expect(log.slice(3)).toEqual(['discarded a', 'discarded b']);
});

test('[H5] what the first message waits for is told: the connection, and a refusal with the time it ends', async () => {
  vi.setSystemTime(1_000);
  const { send, gate, flush, last, waits } = start();
  gate.shut();
  send('a');
  send('b');
  await flush();
  expect(waits).toEqual([{ for: 'connection' }]);
  gate.open();
  await flush();
  const refusal = new WirepactError('RATE_LIMITED', 'Slow down.', { retryable: true, retryAfterMs: 5_000 });
  last().reject(refusal);
  await flush();
  expect(waits.slice(1)).toEqual([undefined, { for: 'retry', error: refusal, retryAt: 6_000 }]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(waits.slice(3)).toEqual([undefined]);
  last().resolve(receipt(1));
  await flush();
  last().resolve(receipt(2));
  await flush();
  expect(waits).toHaveLength(4);
});

test('[H5] a message that is given up says what the server last said of it, or of those before it', async () => {
  const { send, flush, last, waits } = start();
  const [a, b] = [send('a', { timeoutMs: 1_000 }), send('b', { timeoutMs: 500 })];
  await flush();
  const refusal = new WirepactError('RATE_LIMITED', 'Slow down.', { retryable: true, retryAfterMs: 60_000 });
  last().reject(refusal);
  await vi.advanceTimersByTimeAsync(1_000);
  const message = (ms: number) =>
    `send_message had no answer within ${ms} ms: the last attempt failed with RATE_LIMITED: Slow down.`;
  expect(await rejectionOf(b)).toMatchObject({ code: 'TIMEOUT', message: message(500), cause: refusal });
  expect(await rejectionOf(a)).toMatchObject({ code: 'TIMEOUT', message: message(1_000), cause: refusal });
  expect(waits.at(-1)).toBeUndefined();
  const c = send('c', { timeoutMs: 1_000 });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await rejectionOf(c)).toMatchObject({ message: 'send_message had no answer within 1000 ms.' });
});

test('[H7] a message that was never sent says that there was no connection', async () => {
  const { send, gate } = start();
  gate.shut();
  const a = send('a', { timeoutMs: 1_000 });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await rejectionOf(a)).toMatchObject({
    message: 'send_message had no answer within 1000 ms: not connected.',
  });
});

describe('a message with which the connection is lost', () => {
  const lostError = () => createClientError('DISCONNECTED', 'Lost.');
  const lose = async (times: number, { last }: Pick<ReturnType<typeof start>, 'last'>) => {
    for (let time = 0; time < times; time += 1) {
      last().reject(lostError());
      await vi.advanceTimersByTimeAsync(2_000);
    }
  };

  test('[B5] again and again is given up by itself, and those behind it go on', async () => {
    const test = start();
    const [a, b] = [test.send('a'), test.send('b')];
    await test.flush();
    await lose(5, test);
    expect(await rejectionOf(a)).toMatchObject({ code: 'UNDELIVERABLE', retryable: false });
    expect(test.ids()).toEqual(['a', 'a', 'a', 'a', 'a', 'b']);
    expect(test.lost).toEqual(['a 1', 'a 2', 'a 3', 'a 4']);
    test.last().resolve(receipt(1));
    expect(await b).toEqual(receipt(1));
  });

  test('[B5] is sent on where an answer came in between', async () => {
    const test = start();
    const a = test.send('a');
    await test.flush();
    await lose(4, test);
    test.last().reject(unavailable());
    await vi.advanceTimersByTimeAsync(2_000);
    await lose(4, test);
    test.last().resolve(receipt(1));
    expect(await a).toEqual(receipt(1));
  });

  test('[B5] has the losses that an earlier page met, and none once it is retried', async () => {
    const test = start();
    const a = test.outbox.send(payload('a'), { timeoutMs: 60_000 }, 4);
    a.catch(() => {});
    await test.flush();
    await lose(1, test);
    expect(await rejectionOf(a)).toMatchObject({ code: 'UNDELIVERABLE' });
    expect(test.log).toEqual(['queued a after 4 losses', 'failed a UNDELIVERABLE']);
    const again = test.outbox.retry('a', { timeoutMs: 60_000 });
    await test.flush();
    await lose(4, test);
    test.last().resolve(receipt(1));
    expect(await again).toEqual(receipt(1));
  });
});
