import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { readCodeBlocks, runCodeBlock, writeModule } from './code-blocks';

const [contract = '', server = '', client = ''] = readCodeBlocks('docs/durable-rooms.md');

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
