import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { readCodeBlocks, runCodeBlock, writeModule } from './code-blocks';

const [contract = '', server = '', client = '', extension = '', chatServer = '', chatClient = ''] =
  readCodeBlocks('docs/durable-rooms.md');

async function serve(board: string, port: number, file: string) {
  const started = await runCodeBlock(server, {
    '@acme/board': board,
    'listen(3001)': `listen(${port})`,
    "'board.db'": JSON.stringify(file),
  });
  onTestFinished(() => Object(started.server).close());
  return started;
}

test('the guide’s room is the same for all, after its server was away as well', async () => {
  vi.stubEnv('LOG_LEVEL', 'silent');
  vi.spyOn(console, 'log').mockImplementation(() => {});
  onTestFinished(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });
  const folder = mkdtempSync(join(tmpdir(), 'board-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'board.db');
  const board = writeModule('durable-board', contract);
  const { url, server: first } = await serve(board, 0, file);
  const open = async () => {
    const page = await runCodeBlock(client, { '@acme/board': board, 'http://localhost:3001': String(url) });
    onTestFinished(() => Object(page.client).close());
    return {
      columns: () => Object(page.columns).get(),
      move: Object(page.move) as (cardId: string, column: string) => Promise<void>,
    };
  };
  const [ada, bob] = [await open(), await open()];
  await ada.move('Write it', 'done');
  await expect.poll(bob.columns).toEqual({ 'Write it': 'done', 'Read it': 'todo' });
  await expect(bob.move('Lose it', 'done')).rejects.toMatchObject({ code: 'NO_SUCH_CARD' });
  expect(bob.columns()).toEqual({ 'Write it': 'done', 'Read it': 'todo' });

  await Object(first).close();
  const moved = ada.move('Read it', 'done');
  await expect.poll(ada.columns).toEqual({ 'Write it': 'done', 'Read it': 'done' });
  expect(bob.columns()).toEqual({ 'Write it': 'done', 'Read it': 'todo' });
  await serve(board, Number(new URL(String(url)).port), file);
  await moved;
  await expect.poll(bob.columns).toEqual({ 'Write it': 'done', 'Read it': 'done' });
  const late = await open();
  await expect.poll(late.columns).toEqual({ 'Write it': 'done', 'Read it': 'done' });
});

test('the guide’s polls are told in a channel among its messages, and counted in rooms of their own', async () => {
  vi.stubEnv('LOG_LEVEL', 'silent');
  const folder = mkdtempSync(join(tmpdir(), 'polls-'));
  vi.stubEnv('WIREPACT_DATABASE', join(folder, 'chat.db'));
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  onTestFinished(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true, force: true });
  });
  const polls = writeModule('durable-polls', extension);
  const served = await runCodeBlock(chatServer, { '@acme/polls': polls, 'listen(3000)': 'listen(0)' });
  onTestFinished(() => Object(served.chat).close());
  const page = await runCodeBlock(chatClient, {
    '@acme/polls': polls,
    'http://localhost:3000': String(served.url),
  });
  onTestFinished(() => Object(page.chat).close());
  const channelId = '123e4567-e89b-12d3-a456-426614174000';
  const { chat, votes } = { chat: Object(page.chat), votes: Object(page.votes) };
  await (await chat.join(channelId)).send('Tea is ready.');
  await chat.request('create_poll', { channelId, pollId: 'p1', question: 'Tea or coffee?' });
  await chat.channel('poll', 'p1').send('cast_vote', { pollId: 'p1', choice: 1 });
  await expect.poll(() => votes.get()).toBe(1);
  await expect.poll(() => log.mock.calls.flat()).toEqual(['Tea is ready.', 'Tea or coffee?']);
});
