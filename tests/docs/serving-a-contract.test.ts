import { writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { io, type Socket } from 'socket.io-client';
import { beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { readCodeBlocks, runCodeBlock } from './code-blocks';

const [contract = '', whole = '', middleware = '', plain = '', dialect = ''] = readCodeBlocks(
  'docs/serving-a-contract.md',
);
const card = { boardId: 'b1', cardId: 'c1', column: 'done' };

/** The module of the guide's contract. */
let board = '';
beforeAll(async () => {
  await runCodeBlock(contract);
  board = fileURLToPath(new URL(`../test-results/docs/served-${process.pid}.ts`, import.meta.url));
  writeFileSync(board, contract);
});
beforeEach(() => {
  vi.stubEnv('LOG_LEVEL', 'silent');
  onTestFinished(() => void vi.unstubAllEnvs());
});

/** Runs one of the guide's servers, and answers with what it exports. */
async function serve(block: string) {
  const exported = await runCodeBlock(block, { '@acme/board': board, 'listen(3001)': 'listen(0)' });
  const server = Object(exported.server ?? exported.httpServer);
  onTestFinished(async () => void (await server.close()));
  return exported;
}

function connect(url: unknown, auth: object = { name: 'bob' }): Socket {
  const socket = io(String(url), { auth, forceNew: true });
  onTestFinished(() => void socket.close());
  return socket;
}

const next = (socket: Socket, event: string) => new Promise((resolve) => socket.once(event, resolve));

describe('the guide’s server of a contract', () => {
  test('moves cards on their board, and tells who has opened it', async () => {
    const { url } = await serve(whole);
    const [ann, bob] = [connect(url, { name: 'ann' }), connect(url)];
    expect(await bob.emitWithAck('open_board', { boardId: 'b1' })).toEqual({ ok: true, data: null });
    const moved = next(bob, 'cardMoved');
    expect(await ann.emitWithAck('move_card', card)).toEqual({ ok: true, data: null });
    expect(await moved).toEqual(card);
    expect(await bob.emitWithAck('move_card', { ...card, column: 7 })).toMatchObject({
      error: { code: 'INVALID_PAYLOAD' },
    });
    expect(await bob.emitWithAck('move_card', { ...card, boardId: 'closed' })).toMatchObject({
      error: { code: 'FORBIDDEN' },
    });
    expect(await bob.emitWithAck('move_card', { ...card, cardId: 'locked' })).toEqual({
      ok: false,
      error: { code: 'CARD_LOCKED', message: 'ann is moving it.', retryable: true, data: { by: 'ann' } },
    });
  });

  test('knows who connects', async () => {
    const { url } = await serve(whole);
    expect(await next(connect(url, {}), 'connect_error')).toMatchObject({
      data: { code: 'UNAUTHENTICATED' },
    });
  });

  test('exports its cards one after the other', async () => {
    const { url } = await serve(whole);
    const socket = connect(url);
    const items = next(socket, 'wirepact:stream_items');
    const answer = await socket.emitWithAck('export_cards', { boardId: 'b1' });
    expect(answer).toMatchObject({ ok: true });
    expect(await items).toEqual({ stream: answer.data.stream, items: [{ ...card, column: 'to do' }] });
  });

  test('asks whoever sits there', async () => {
    const { url } = await serve(whole);
    const socket = connect(url);
    const asked: unknown[] = [];
    socket.on('confirm', (question, answer) => {
      asked.push(question);
      answer({ ok: true, data: { isSure: true } });
    });
    expect(await socket.emitWithAck('clear_board', { boardId: 'b1' })).toEqual({ ok: true, data: null });
    expect(asked).toEqual([{ question: 'Clear b1?' }]);
  });

  test('runs middleware around its handlers', async () => {
    const { url, log } = await serve(middleware);
    const socket = connect(url);
    await socket.emitWithAck('move_card', card);
    expect(await socket.emitWithAck('clear_board', { boardId: 'b1' })).toMatchObject({
      error: { code: 'INTERNAL' },
    });
    expect(log).toEqual(['in transaction 1', 'somebody: move_card', 'clear_board failed']);
  });
});

test('the guide’s plain sockets are checked', async () => {
  const { httpServer } = await serve(plain);
  const server = Object(httpServer);
  await expect.poll(() => server.address()).not.toBeNull();
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const [ann, bob] = [connect(url), connect(url)];
  expect(await bob.emitWithAck('open_board', { boardId: 'b1' })).toEqual({ ok: true, data: null });
  const moved = next(bob, 'cardMoved');
  expect(await ann.emitWithAck('move_card', card)).toEqual({ ok: true, data: null });
  expect(await moved).toEqual(card);
  expect(await ann.emitWithAck('move_card', {})).toMatchObject({ error: { code: 'INVALID_PAYLOAD' } });
  expect(await ann.emitWithAck('export_card', {})).toMatchObject({ error: { code: 'UNKNOWN_EVENT' } });
});

test('the guide’s dialect lets old pages and new ones move cards on one board', async () => {
  const { url } = await serve(dialect);
  const old = io(String(url), { query: { client: 'board-1' }, forceNew: true });
  onTestFinished(() => void old.close());
  const ann = connect(url);
  await ann.emitWithAck('open_board', { boardId: 'b1' });
  old.emit('board:open', 'b1');
  const [seen, moved] = [next(old, 'card:moved'), next(ann, 'cardMoved')];
  expect(await old.emitWithAck('card:move', { board: 'b1', card: 'c1', to: 'done' })).toBe(null);
  expect(await seen).toBe('c1');
  expect(await moved).toEqual(card);
  expect(await old.emitWithAck('card:move', 'c1')).toContain('/boardId');
});
