import { describe, expect, test } from 'vitest';
import { defineDialect } from '../index';
import { board, card, connectTo, startBoard } from './test-board';
import { createKeptLog } from './test-log';

const old = { query: { page: 'old' } };
const circle: unknown[] = [];
circle.push(circle);

type Definition = Parameters<typeof defineDialect<typeof board>>[1];

/** What JavaScript lets a mapping give: what the types forbid, and promises of what they ask for. */
const NONSENSE: [string, () => unknown][] = [
  ['a promise', () => Promise.resolve([['card']])],
  ['a promise that is rejected', () => Promise.reject(new Error('too late'))],
  ['a text', () => 'card'],
  ['a number', () => 7],
  ['an object', () => ({})],
];

/** Serves the board to pages that speak a dialect with one thing wrong, and to others. */
async function startFlawed(flawed: Partial<Record<'speaks' | 'receive' | 'send', unknown>>) {
  const { logger, lines } = createKeptLog();
  const definition: Definition = {
    name: 'flawed',
    speaks: ({ query }) => query.page === 'old',
    receive: {},
    send: {},
  };
  Object.assign(definition, flawed);
  const { server, url } = await startBoard(
    {
      move_card: ({ to, connection }, moved) => {
        to('board', moved.boardId).emit('cardMoved', moved);
        connection.emit('cardMoved', moved);
        return { position: 7 };
      },
    },
    { dialects: [defineDialect(board, definition)], logger },
  );
  const flaws = () => lines.filter(({ msg }) => msg.startsWith('the dialect flawed failed at'));
  return { server, flaws, page: await connectTo(url, old), client: await connectTo(url) };
}

describe('[DIALECT-5] a mapping that gives', () => {
  test.each([
    ...NONSENSE,
    ['an event that is no text', () => ({ event: 7 })],
    ['an answer that is no function', () => ({ event: 'refresh', answer: 7 })],
  ])('%s for what a client sends leaves the event as it came', async (_what, broken) => {
    const { page, flaws } = await startFlawed({ receive: { broken } });
    expect(await page.ask('broken')).toMatchObject({ ok: false, error: { code: 'UNKNOWN_EVENT' } });
    expect(await page.ask('refresh')).toMatchObject({ ok: true });
    expect(flaws()).toMatchObject([
      { event: 'broken', err: { message: expect.stringContaining('It has to') } },
    ]);
  });

  test.each([
    ...NONSENSE,
    ['nothing', () => undefined],
    ['an event without a name', () => [[]]],
    ['a name alone', () => ['card']],
    ['a name of Socket.IO’s own', () => [['disconnect']]],
    ['what JSON cannot say', () => [['card', circle]]],
  ])(
    '%s for what a client is sent says nothing, and is no fault of who sends it',
    async (_what, cardMoved) => {
      const { page, client, server, flaws } = await startFlawed({ send: { cardMoved } });
      await Promise.all([page, client].map((one) => one.ask('enter_board', { boardId: card.boardId })));
      expect(await page.ask('move_card', card)).toMatchObject({ ok: true });
      server.emit('cardMoved', card);
      server.emit('refreshed');
      await Promise.all([page.waitFor('refreshed'), client.waitFor('refreshed')]);
      expect(client.payloads('cardMoved')).toEqual([card, card]);
      expect(page.payloads('card')).toEqual([]);
      expect(flaws()).toMatchObject([{ event: 'cardMoved' }]);
    },
  );

  test.each(NONSENSE)('%s for a handshake knows nobody by it', async (_what, speaks) => {
    const { page } = await startFlawed({ speaks });
    expect(await page.ask('move_card', card)).toMatchObject({ ok: true });
  });
});

test('an answer of a dialect that fails later is in the log, and ends nothing', async () => {
  const { page, flaws } = await startFlawed({
    receive: {
      late: () => ({
        event: 'refresh',
        answer: async (_ack: unknown, acknowledge: (...args: unknown[]) => void) => {
          acknowledge('done');
          throw new Error('too late');
        },
      }),
    },
  });
  expect(await page.ask('late')).toBe('done');
  expect(await page.ask('refresh')).toMatchObject({ ok: true });
  expect(flaws()).toMatchObject([{ event: 'late', err: { message: 'too late' } }]);
});
