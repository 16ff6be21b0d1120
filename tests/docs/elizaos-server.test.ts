import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io } from 'socket.io-client';
import { expect, onTestFinished, test, vi } from 'vitest';
import { readCodeBlocks, runCodeBlock } from './code-blocks';

const [server = ''] = readCodeBlocks('docs/elizaos.md');
const CHANNEL = '123e4567-e89b-12d3-a456-426614174000';
const USER = '7f000000-0000-4000-8000-000000000001';

test('the page’s server has a deployed web client send, and read what was sent', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'elizaos-'));
  vi.stubEnv('WIREPACT_DATABASE', join(folder, 'chat.db'));
  vi.stubEnv('SERVER_API_KEY', 'key');
  vi.stubEnv('LOG_LEVEL', 'silent');
  const { chat, httpServer } = await runCodeBlock(server, { 'listen(3000)': 'listen(0)' });
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await Object(chat).close();
    Object(httpServer).closeAllConnections();
    Object(httpServer).close();
    rmSync(folder, { recursive: true });
  });
  const { port } = Object(httpServer).address() as AddressInfo;
  const url = `http://localhost:${port}`;
  const web = io(url, { auth: { apiKey: 'key', entityId: USER }, forceNew: true });
  onTestFinished(() => void web.close());
  const heard = new Promise<unknown>((resolve) => web.on('messageBroadcast', resolve));
  web.on('authenticated', () => {
    const payload = { channelId: CHANNEL, messageServerId: '00000000-0000-0000-0000-000000000000' };
    web.emit('message', { type: 1, payload });
    web.emit('message', {
      type: 2,
      payload: { ...payload, senderId: USER, message: 'Hello!', messageId: 'm1' },
    });
  });
  expect(await heard).toMatchObject({ text: 'Hello!', channelId: CHANNEL, clientMessageId: 'm1' });
  const headers = { 'x-api-key': 'key' };
  const history = await (
    await fetch(`${url}/api/messaging/channels/${CHANNEL}/messages`, { headers })
  ).json();
  expect(history.data.messages).toMatchObject([{ content: 'Hello!', authorId: USER }]);
  const list = await (
    await fetch(`${url}/api/messaging/message-servers/${USER}/channels`, { headers })
  ).json();
  expect(list.data.channels).toMatchObject([{ id: CHANNEL }]);
  const gone = await fetch(`${url}/api/messaging/channels/${CHANNEL}`, { method: 'DELETE', headers });
  expect(gone.status).toBe(403);
});
