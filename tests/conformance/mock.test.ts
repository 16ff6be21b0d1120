import { toContractDocument } from '@wirepact/cli';
import { channels, createContractClient } from '@wirepact/client';
import { runConformance } from '@wirepact/conformance';
import { startMockServer } from '@wirepact/conformance/mock';
import { expect, onTestFinished, test } from 'vitest';
import { board } from '../../examples/board/contract';

test('a client of the board works with a mock as with its server', async () => {
  const mock = await startMockServer(toContractDocument(board), {
    answers: {
      read_board: { data: { state: { 'Serve it': 'doing' }, epoch: 'mock-1', seq: 0 } },
      move_card: ({ payload: { boardId, cardId, column } }) => {
        mock.emit('cardMoved', { boardId: String(boardId), cardId, column });
        return null;
      },
    },
  });
  onTestFinished(() => mock.close());
  const client = createContractClient(mock.url, board, { channels });
  onTestFinished(() => client.close());
  await client.connect();
  expect(await client.request('read_board', { boardId: 'b' })).toMatchObject({
    state: { 'Serve it': 'doing' },
  });
  const channel = client.channel('board', 'b');
  const moves: string[] = [];
  channel.on('cardMoved', ({ cardId, column }) => moves.push(`${cardId}: ${column}`));
  await expect.poll(() => channel.state.get().status).toBe('joined');
  await client.request('move_card', { boardId: 'b', cardId: 'Serve it', column: 'done' });
  await expect.poll(() => moves).toEqual(['Serve it: done']);
  mock.fail('read_board', 'wrong');
  await expect(client.request('read_board', { boardId: 'b' })).rejects.toMatchObject({
    code: 'INVALID_REPLY',
  });
});

test('a mock of the board breaks no rule that a server of the board keeps', async () => {
  const contract = toContractDocument(board);
  const mock = await startMockServer(contract, {
    answers: {
      move_card: ({ payload: { boardId, cardId, column } }) => {
        mock.emit('cardMoved', { boardId: String(boardId), cardId, column });
        return null;
      },
    },
  });
  onTestFinished(() => mock.close());
  const { results } = await runConformance(mock.url, { contract });
  const broken = results.filter(({ outcome }) => outcome === 'failed');
  expect(broken.map(({ rule, title, message }) => `${rule} ${title}: ${message}`)).toEqual([]);
  expect(results.filter(({ outcome }) => outcome === 'passed').length).toBeGreaterThan(60);
});
