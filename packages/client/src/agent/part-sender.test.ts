import { WirepactError } from '@wirepact/contract/runtime';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type Batch, PartSender } from './part-sender';

/** A server that takes batches when it is told to. */
function createReceiver(answers: ((batch: Batch) => Promise<unknown>)[] = []) {
  const batches: Batch[] = [];
  const controller = new AbortController();
  const onFailure = vi.fn();
  const send = async (batch: Batch) => {
    batches.push(batch);
    await answers.shift()?.(batch);
  };
  return { batches, controller, onFailure, sender: new PartSender(send, controller.signal, onFailure) };
}

const refuse =
  (code: string, details: { retryable?: boolean; retryAfterMs?: number } = {}) =>
  () =>
    Promise.reject(new WirepactError(code, 'no', details));

/** All text of all batches that were taken. */
const textOf = (batches: readonly Batch[]) =>
  batches.flatMap(({ parts }) => parts.map(({ text = '' }) => text)).join('');

test('what comes while a batch is under way goes into the next one, text as one part', async () => {
  const { sender, batches } = createReceiver();
  await sender.add('one');
  for (const text of [' two', ' three']) await sender.add(text);
  await sender.add({ tool: { id: 'a', name: 'clock' } });
  await sender.add(' four');
  await sender.add({ text: ' five', thought: 'why' });
  await sender.finish('done');
  expect(batches.map(({ index }) => index)).toEqual(batches.map((_, index) => index));
  expect(batches.at(-1)).toMatchObject({ end: 'done' });
  expect(batches.slice(0, -1).every(({ end }) => end === undefined)).toBe(true);
  expect(textOf(batches)).toBe('one two three four five');
  expect(batches.length).toBeLessThan(4);
  expect(batches.flatMap(({ parts }) => parts)).toContainEqual({ tool: { id: 'a', name: 'clock' } });
});

test('what is too long for a part goes into several, and no character is cut in two', async () => {
  const { sender, batches } = createReceiver();
  const text = `${'x'.repeat(4_095)}😀${'y'.repeat(5_000)}`;
  const tool = { id: 'a', name: 'clock' };
  await sender.add({ text, thought: text, tool });
  await sender.finish('done');
  const parts = batches.flatMap((batch) => batch.parts);
  expect(parts.map(({ text: piece = '' }) => piece).join('')).toBe(text);
  expect(parts.map(({ thought = '' }) => thought).join('')).toBe(text);
  expect(parts.at(-1)).toEqual({ tool });
  for (const { text: piece = '', thought = '' } of parts) {
    expect(Math.max(piece.length, thought.length)).toBeLessThanOrEqual(4_096);
    expect(() => encodeURIComponent(piece + thought)).not.toThrow();
  }
});

test('an answer without a part is one batch', async () => {
  const { sender, batches } = createReceiver();
  await sender.finish('done');
  expect(batches).toEqual([{ index: 0, parts: [], end: 'done' }]);
});

test('a batch is refused with something that passes: it is sent again, and nothing is lost', async () => {
  const limited = refuse('RATE_LIMITED', { retryable: true, retryAfterMs: 1 });
  const { sender, batches, onFailure } = createReceiver([limited, limited]);
  await sender.add('one');
  await sender.finish('done');
  expect(batches.slice(0, 3)).toEqual([batches[0], batches[0], batches[0]]);
  expect(textOf(batches.slice(2))).toBe('one');
  expect(onFailure).not.toHaveBeenCalled();
});

test('a server that wants to wait longer than a timer can is not asked in a circle', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const limited = refuse('RATE_LIMITED', { retryable: true, retryAfterMs: 1e12 });
  const { sender, batches, controller } = createReceiver(Array.from({ length: 20 }, () => limited));
  await sender.add('one');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(batches).toHaveLength(1);
  controller.abort();
});

test('a batch that is refused for good ends it', async () => {
  const { sender, onFailure } = createReceiver([refuse('MESSAGE_NOT_FOUND')]);
  await sender.add('one');
  await expect(sender.finish('done')).rejects.toMatchObject({ code: 'MESSAGE_NOT_FOUND' });
  expect(onFailure).toHaveBeenCalledWith(expect.objectContaining({ code: 'MESSAGE_NOT_FOUND' }));
});

test('an agent that has failed says so, also where what it said was refused', async () => {
  const { sender, batches } = createReceiver([refuse('INVALID_PAYLOAD')]);
  await sender.add('one');
  await sender.finish('failed');
  expect(batches.at(-1)).toEqual({ index: 0, parts: [], end: 'failed' });
});

test('nothing is sent once the answer is over', async () => {
  const { sender, batches, controller } = createReceiver();
  await sender.add('one');
  controller.abort(new Error('cancelled'));
  await expect(sender.finish('done')).rejects.toThrow('cancelled');
  expect(batches).toEqual([]);
});

test('an agent that is faster than the server waits for it', async () => {
  let goOn = () => {};
  const held = () => new Promise<void>((resolve) => (goOn = resolve));
  const { sender, batches } = createReceiver([held]);
  let added = 0;
  const speaking = (async () => {
    for (; added < 1_000; added += 1) await sender.add({ action: added });
  })();
  await expect.poll(() => batches.length).toBe(1);
  expect(added).toBeLessThan(400);
  goOn();
  await speaking;
  await sender.finish('done');
  expect(batches.flatMap(({ parts }) => parts.map(({ action }) => action))).toEqual(
    Array.from({ length: 1_000 }, (_, index) => index),
  );
  expect(batches.every(({ parts }) => parts.length <= 64)).toBe(true);
});
