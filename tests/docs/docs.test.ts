import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createChatClient } from '@wirepact/client';
import { io } from 'socket.io-client';
import { expect, onTestFinished, test, vi } from 'vitest';
import { readCodeBlocks, runCodeBlock, writeModule } from './code-blocks';

/** A port nothing listens on. */
async function findFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Closes what a block exported when the test ends. */
const closeAfterwards = (value: unknown) =>
  onTestFinished(async () => {
    await Object(value).close();
  });

test('the README’s server and client talk to each other', async () => {
  const [server = '', client = ''] = readCodeBlocks('README.md');
  const port = await findFreePort();
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  onTestFinished(() => log.mockRestore());
  const { chat, httpServer } = await runCodeBlock(`${server}\nexport { httpServer };`, {
    'listen(3000)': `listen(${port})`,
  });
  closeAfterwards(httpServer);
  closeAfterwards(chat);
  const own = await runCodeBlock(`${client}\nexport { chat };`, { 'localhost:3000': `localhost:${port}` });
  closeAfterwards(own.chat);
  await expect.poll(() => log.mock.calls.flat().join('\n')).toMatch(/^Echo: You said: Hello!$/m);
  expect(log.mock.calls.flat()).toContainEqual(expect.stringMatching(/^sent as [0-9a-f-]{36}$/));
});

test('the README’s own contract is served, called and checked', async () => {
  const [, , contract = '', server = '', client = ''] = readCodeBlocks('README.md');
  const board = writeModule('readme-board', contract);
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  onTestFinished(() => log.mockRestore());
  const served = await runCodeBlock(`${server}\nexport { server, url };`, {
    './board.js': board,
    'listen(3001)': 'listen(0)',
  });
  closeAfterwards(served.server);
  const called = await runCodeBlock(`${client}\nexport { client };`, {
    './board.js': board,
    'http://localhost:3001': String(served.url),
  });
  closeAfterwards(called.client);
  expect(log.mock.calls.map((words) => words.join(' '))).toEqual([
    `the board is served at ${served.url}`,
    '123e4567-e89b-12d3-a456-426614174000 is in done',
    'at position 0',
    'INVALID_UUID /cardId must be a valid uuid',
  ]);
});

test('the extension of “Adding an event” is served', async () => {
  const [extension = ''] = readCodeBlocks('docs/adding-an-event.md');
  const { chat: exported } = await runCodeBlock(extension);
  closeAfterwards(exported);
  const { url } = await Object(exported).listen(0);
  const chat = createChatClient(url);
  onTestFinished(() => chat.close());
  const { id } = await chat.join('123e4567-e89b-12d3-a456-426614174000');
  const socket = io(url);
  onTestFinished(() => void socket.close());
  expect(await socket.emitWithAck('cast_vote', { channelId: id, choice: 1 })).toEqual({
    ok: true,
    data: { votes: 1 },
  });
});
