import type { WirepactError } from '@wirepact/contract/runtime';
import { protocol } from '@wirepact/protocol';
import { afterEach, expect, test, vi } from 'vitest';
import { createMemoryOutboxStorage } from '../../../test/memory-outbox-storage';
import { CHANNEL, OTHER_CHANNEL } from '../../../test/socket-server';
import type { OutboxStorage, OutgoingPayload, StoredSend } from './outbox-storage';
import { StoredSends, toStoredId } from './stored-sends';

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const payload = (messageId: string, fields: Partial<OutgoingPayload> = {}): OutgoingPayload => ({
  ...{ channelId: CHANNEL, serverId: CHANNEL, entityId: 'me', text: messageId, messageId },
  ...fields,
});
const entry = (sent: OutgoingPayload, order: number): StoredSend => ({
  ...{ version: 1, id: toStoredId(sent), order, payload: sent },
});

function create(storage: OutboxStorage) {
  const errors: WirepactError[] = [];
  const isMessage = (sent: unknown) => protocol.clientToServer.send_message.payload.check(sent);
  const onError = (error: WirepactError) => void errors.push(error);
  return { sends: new StoredSends({ storage, isMessage, onError }), errors };
}
const taken = async (sends: StoredSends, channelId = CHANNEL) =>
  (await sends.take(channelId, 'me')).map((send) => send.payload.messageId);

test('gives each message of a channel and sender once, in the order they were sent', async () => {
  const all = [
    entry(payload('b'), 2),
    entry(payload('a'), 1),
    entry(payload('c', { entityId: 'somebody else' }), 3),
    entry(payload('d', { channelId: OTHER_CHANNEL.toUpperCase() }), 4),
  ];
  const storage = createMemoryOutboxStorage(all.map((send) => [send.id, send]));
  const { sends, errors } = create(storage);
  expect(await taken(sends)).toEqual(['a', 'b']);
  expect(await taken(sends)).toEqual([]);
  expect(await taken(sends, OTHER_CHANNEL)).toEqual(['d']);
  expect(storage.kept.size).toBe(4);
  expect(errors).toEqual([]);
});

test('drops what is no message and says so, and leaves alone what another version keeps', async () => {
  const good = entry(payload('a'), 1);
  const broken: [string, unknown][] = [
    ['1', null],
    ['2', 'text'],
    ['3', { ...entry(payload('x'), 1), id: '3' }],
    ['4', { version: 1, id: '4', order: 1, payload: { channelId: 'nowhere' } }],
    ['5', { ...entry(payload(''), 1), id: '5' }],
    ['6', { ...entry(payload('y'), Number.NaN), id: '6' }],
    ['7', { ...entry(payload('z'), 1), id: toStoredId(payload('z')), error: 'no' }],
    ['8', { id: '8' }],
    ['9', { ...entry(payload('w'), 1), id: toStoredId(payload('w')), losses: -1_000 }],
  ];
  const later = { version: 2, id: 'later', anything: true };
  const storage = createMemoryOutboxStorage([...broken, ['later', later], [good.id, good]]);
  const { sends, errors } = create(storage);
  expect(await taken(sends)).toEqual(['a']);
  expect(errors).toHaveLength(broken.length);
  expect(errors.every(({ code }) => code === 'STORAGE_FAILED')).toBe(true);
  await expect.poll(() => [...storage.kept.keys()]).toEqual(['1', '2', '7', '9', 'later', good.id]);
});

test.each<[string, OutboxStorage['load']]>([
  [
    'throws',
    () => {
      throw new Error('broken');
    },
  ],
  ['rejects', () => Promise.reject(new Error('broken'))],
  // What a storage gives back is checked because it may be anything.
  ['gives no list', async () => 'nothing' as unknown as unknown[]],
])('a storage that %s when it is read keeps nobody from sending', async (_, load) => {
  const { sends, errors } = create({ ...createMemoryOutboxStorage(), load });
  expect(await taken(sends)).toEqual([]);
  expect(errors).toMatchObject([{ code: 'STORAGE_FAILED' }]);
});

test('a storage that never answers is waited for only so long', async () => {
  vi.useFakeTimers();
  const { sends, errors } = create({ ...createMemoryOutboxStorage(), load: () => new Promise(() => {}) });
  const waiting = taken(sends);
  await vi.advanceTimersByTimeAsync(3000);
  expect(await waiting).toEqual([]);
  expect(errors).toMatchObject([{ code: 'STORAGE_FAILED' }]);
  expect(vi.getTimerCount()).toBe(0);
});

test('changes of one message happen one after the other, whatever becomes of them', async () => {
  const log: string[] = [];
  let finish = () => {};
  const { sends, errors } = create({
    load: async () => [],
    save: ({ payload: { messageId } }) => {
      log.push(`save ${messageId}`);
      return new Promise((resolve, reject) => {
        finish = () => (messageId === 'bad' ? reject(new Error('full')) : resolve());
      });
    },
    remove: async (id) => void log.push(`remove ${JSON.parse(id)[2]}`),
  });
  for (const id of ['good', 'bad']) {
    sends.append(payload(id), {});
    sends.remove(payload(id));
    await Promise.resolve();
    expect(log.at(-1)).toBe(`save ${id}`);
    finish();
    await expect.poll(() => log.at(-1)).toBe(`remove ${id}`);
  }
  expect(errors).toMatchObject([{ code: 'STORAGE_FAILED', cause: { message: 'full' } }]);
});

test('order rises, also over what earlier pages kept', async () => {
  const future = Date.now() + 1_000_000;
  const send = entry(payload('a'), future);
  const storage = createMemoryOutboxStorage([[send.id, send]]);
  const { sends } = create(storage);
  await taken(sends);
  for (const id of ['b', 'c']) sends.append(payload(id), {});
  sends.update(payload('b'), { losses: 1 });
  const orders = () => [...storage.kept.values()].map((kept) => Object(kept).order);
  await expect.poll(() => orders().length).toBe(3);
  expect(orders()).toEqual([future, future + 1, future + 2]);
  await expect
    .poll(() => storage.kept.get(toStoredId(payload('b'))))
    .toMatchObject({ losses: 1, order: future + 1 });
});

test('the console is warned once', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const sends = new StoredSends({
    storage: { load: async () => [], save: throwing, remove: throwing },
    isMessage: () => true,
  });
  sends.append(payload('a'), {});
  sends.remove(payload('a'));
  await expect
    .poll(() => warn.mock.calls)
    .toEqual([[expect.stringContaining('storage of the outbox failed')]]);
});

function throwing(): never {
  throw new Error('no storage');
}
