import { startElizaos } from '@wirepact/test-elizaos';
import { expect, onTestFinished, test, vi } from 'vitest';
import { readCodeBlocks, runCodeBlock } from './code-blocks';

const [client = '', retrying = ''] = readCodeBlocks('docs/elizaos.md').filter((code) =>
  code.includes("dialect: 'elizaos'"),
);

test('the page’s client chats with an ElizaOS server', async () => {
  const server = await startElizaos();
  onTestFinished(() => server.stop());
  const logged: unknown[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((texts) => void logged.push(texts));
  onTestFinished(() => log.mockRestore());
  for (const code of [client, retrying]) {
    const { chat } = await runCodeBlock(code.replace('const chat', 'export const chat'), {
      'http://localhost:3000': server.url,
    });
    onTestFinished(() => Object(chat).close());
  }
  await expect.poll(() => logged.at(-1)).toEqual(['Hello!']);
  expect(server.received.map(({ event }) => event)).toEqual(['1', '2', '1']);
});
