import { defineContract, defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { expect, onTestFinished, test } from 'vitest';
import { createMemoryStore } from '../chat/store/memory-store';
import { createContractServer } from './attach-contract';
import type { ContractServerOptions } from './contract-server-options';
import type { EventStore } from './ports/event-store';
import { connectTo, startBoard } from './test-board';
import { silent } from './test-client';

const room = { name: 'board', property: 'boardId' } as const;
const move = Type.Object({
  boardId: Type.String(),
  card: Type.Integer(),
  moveId: Type.Optional(Type.String({ maxLength: 300 })),
});
const board = defineContract({
  name: 'board',
  version: '1.0.0',
  clientToServer: {
    move_card: defineEvent({ description: 'Move a card.', payload: move, key: 'moveId', room }),
  },
  serverToClient: {
    cardMoved: defineEvent({
      description: 'A card was moved.',
      payload: move,
      durable: true,
      key: 'moveId',
      room,
    }),
  },
});
type Options = Partial<ContractServerOptions<typeof board>>;

/** A server of boards on a store, and a client of it. */
async function serve(options: Options = {}, store: EventStore = createMemoryStore()) {
  const server = createContractServer(board, {
    handlers: {
      async move_card({ channel }, payload) {
        await channel('board', payload.boardId).publish('cardMoved', payload);
        return null;
      },
    },
    ...{ store, logger: silent, rateLimit: false },
    ...options,
  });
  onTestFinished(() => server.close());
  const { url } = await server.listen(0, '127.0.0.1');
  const client = await connectTo(url);
  const join = (resume?: object) =>
    client.ask('wirepact:join', { room: 'board', id: 'b1', ...(resume && { resume }) });
  return { server, url, client, join, channel: server.channel('board', 'b1') };
}

const moved = (card: number, moveId?: string) => ({ boardId: 'b1', card, ...(moveId && { moveId }) });

test('a key names a send for each actor and room, by its property or by what it is published with', async () => {
  const { server, channel } = await serve();
  expect(await channel.publish('cardMoved', moved(1, 'k'))).toMatchObject({ seq: 1, repeated: false });
  // The property is where it is read, unless it is said otherwise.
  expect(await channel.publish('cardMoved', moved(2), { key: 'k' })).toMatchObject({
    seq: 1,
    repeated: true,
  });
  const other = await channel.publish('cardMoved', moved(2, 'k'), { key: 'l' });
  expect(other).toMatchObject({ seq: 2, repeated: false });
  const byAda = { key: 'k', actor: 'ada' };
  expect(await channel.publish('cardMoved', moved(3), byAda)).toMatchObject({ seq: 3, repeated: false });
  expect(await channel.publish('cardMoved', moved(3), byAda)).toMatchObject({ seq: 3, repeated: true });
  const elsewhere = server.channel('board', 'b2').publish('cardMoved', { ...moved(1, 'k'), boardId: 'b2' });
  expect(await elsewhere).toMatchObject({ seq: 1, repeated: false });
});

test('a key has 256 characters at most, and whoever sends a longer one is told', async () => {
  const { client, channel } = await serve();
  const [longest, tooLong] = ['k'.repeat(256), 'k'.repeat(257)];
  expect(await client.ask('move_card', moved(1, longest))).toEqual({ ok: true, data: null });
  expect(await client.ask('move_card', moved(2, tooLong))).toMatchObject({
    error: { code: 'INVALID_PAYLOAD', message: expect.stringContaining('at most 256 characters') },
  });
  await expect(channel.publish('cardMoved', moved(2), { key: tooLong })).rejects.toMatchObject({
    code: 'INVALID_PAYLOAD',
  });
  expect(
    (await channel.reduce((cards: readonly number[], { payload }) => cards.concat(payload.card), [])).state,
  ).toEqual([1]);
});

test('coming back costs next to nothing, a point where it is new, and what it has to be told', async () => {
  const { url, channel } = await serve({ rateLimit: { points: 3 } });
  for (let card = 0; card < 200; card += 1) await channel.publish('cardMoved', moved(card));
  const { epoch } = await channel.reduce((sum: number) => sum, 0);
  const join = async (resume?: object) => {
    const answer = await client.ask('wirepact:join', { room: 'board', id: 'b1', ...(resume && { resume }) });
    return (answer as { error?: { code: string } }).error?.code ?? 'joined';
  };
  const client = await connectTo(url);
  const codes: string[] = [];
  // Eight are a point; the ninth is told two hundred events, which are two points more.
  for (let times = 0; times < 8; times += 1) codes.push(await join({ epoch, seq: 200 }));
  expect(codes).toEqual(Array(8).fill('joined'));
  expect(await join({ epoch, seq: 0 })).toBe('joined');
  expect(await join()).toBe('RATE_LIMITED');
});

test('what is published in a room as it is deleted is refused for now, and not kept', async () => {
  const memory = createMemoryStore();
  let isGone = true;
  const store: EventStore = {
    ...memory,
    appendEvent: async (id, event) => (isGone ? undefined : memory.appendEvent(id, event)),
  };
  const { client, channel } = await serve({}, store);
  expect(await client.ask('move_card', moved(1))).toMatchObject({
    error: { code: 'UNAVAILABLE', retryable: true },
  });
  isGone = false;
  expect(await channel.publish('cardMoved', moved(1))).toMatchObject({ seq: 1 });
});

test('who enters a room that is deleted meanwhile is told to join again, and may', async () => {
  const memory = createMemoryStore();
  let read = () => {};
  const reading = new Promise<void>((resolve) => {
    read = resolve;
  });
  let goOn = () => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const store: EventStore = {
    ...memory,
    async readJournal(...place) {
      read();
      await held;
      return memory.readJournal(...place);
    },
  };
  const { join, channel } = await serve({}, store);
  const joining = join();
  await reading;
  expect(await channel.delete()).toMatchObject({ seq: 1 });
  goOn();
  expect(await joining).toMatchObject({ error: { code: 'UNAVAILABLE', retryable: true } });
  expect(await join()).toMatchObject({ ok: true, data: { seq: 0 } });
});

test('what is asked of a room that nobody has made changes nothing', async () => {
  const { client, channel } = await serve();
  expect(await channel.delete()).toBeUndefined();
  expect(channel.remove('ada')).toBe(0);
  expect(await channel.recheck()).toBe(0);
  await channel.refresh();
  expect(await client.ask('wirepact:leave', { room: 'board', id: 'b1' })).toEqual({ ok: true, data: null });
  expect(client.payloads('wirepact:deleted')).toEqual([]);
});

test('a contract without durable events has no rooms to publish in, and says so', async () => {
  const { server, url } = await startBoard({
    enter_board: ({ channel }) => {
      (channel as unknown as (room: string, id: string) => void)('board', 'b1');
      return null;
    },
  });
  const find = server.channel as unknown as (room: string, id: string) => void;
  expect(() => find('board', 'b1')).toThrow(
    expect.objectContaining({
      code: 'INVALID_OPTIONS',
      message: expect.stringContaining('no durable events'),
    }),
  );
  const client = await connectTo(url);
  const answer = await client.ask('enter_board', { boardId: 'b1' });
  expect(answer).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
  expect(await client.ask('wirepact:join', { room: 'board', id: 'b1' })).toMatchObject({
    error: { code: 'UNKNOWN_EVENT' },
  });
});
