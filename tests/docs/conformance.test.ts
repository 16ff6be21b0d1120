import { io } from 'socket.io-client';
import { expect, onTestFinished, test, vi } from 'vitest';
import { readCodeBlocks, runCodeBlock } from './code-blocks';

test('the contract of the page on conformance is served and checked', async () => {
  const [code = ''] = readCodeBlocks('docs/conformance.md');
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  vi.stubEnv('LOG_LEVEL', 'silent');
  onTestFinished(() => {
    vi.unstubAllEnvs();
    log.mockRestore();
  });
  const { checks } = await runCodeBlock(code, { 'listen(3001)': 'listen(0)' });
  const lines = log.mock.calls.flat().map(String);
  expect(lines).toHaveLength(Object(checks).length);
  expect(lines.filter((line) => !/: right$/.test(line)).length).toBeLessThan(5);
});

test('the mock server of the page answers, and goes wrong where it is told to', async () => {
  const [, code = ''] = readCodeBlocks('docs/conformance.md');
  const { mock } = await runCodeBlock(code);
  onTestFinished(() => Object(mock).close());
  const socket = io(Object(mock).url, { forceNew: true, reconnection: false });
  onTestFinished(() => void socket.close());
  expect(await socket.emitWithAck('count_cards')).toEqual({ ok: true, data: { count: expect.any(Number) } });
  const card = { boardId: 'b', cardId: 'locked' };
  const ended = new Promise((resolve) => socket.once('disconnect', resolve));
  for (const _time of [1, 2, 3]) socket.emit('move_card', card);
  expect(await ended).toBe('io server disconnect');
  expect(Object(mock).received).toHaveLength(4);
});
