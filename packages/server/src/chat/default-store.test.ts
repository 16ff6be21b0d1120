import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createChatServer, createMemoryStore } from '../index';
import { CHANNEL, connect, hello, join as joinChannel, silent } from './test-chat';

/** Makes `WIREPACT_DATABASE` a file in an empty folder, for this test. */
function useDatabaseFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wirepact-default-'));
  const file = join(folder, 'chat.db');
  vi.stubEnv('WIREPACT_DATABASE', file);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
  return file;
}

test('by default a server keeps everything over a restart', async () => {
  useDatabaseFile();
  const before = createChatServer({ logger: silent, rateLimit: false });
  const client = await joinChannel((await before.listen(0, '127.0.0.1')).url);
  const sent = await client.ask('send_message', hello({ messageId: 'mine' }));
  await before.close();

  const after = createChatServer({ logger: silent, rateLimit: false });
  onTestFinished(() => after.close());
  const again = await connect((await after.listen(0, '127.0.0.1')).url);
  const { epoch } = Object(sent).data;
  expect(await again.ask('join_channel', { channelId: CHANNEL, resume: { epoch, seq: 0 } })).toMatchObject({
    data: { recovered: true, epoch, seq: 1 },
  });
  expect(again.payloads('messageBroadcast')).toMatchObject([{ text: 'hello', seq: 1 }]);
  expect(await again.ask('send_message', hello({ messageId: 'mine' }))).toEqual(sent);
});

test('a store that does not open keeps the server from listening, and says why in the log', async () => {
  writeFileSync(useDatabaseFile(), 'this is no database, but it is long enough to look at'.repeat(20));
  const lines: string[] = [];
  const logger = pino({ level: 'fatal' }, { write: (line) => void lines.push(line) });
  const chat = createChatServer({ logger });
  await expect(chat.listen(0, '127.0.0.1')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  expect(lines.join('')).toMatch(/not a SQLite database: choose another one/);
  await chat.close();
});

test('[C0b] a server whose store could not be opened at first is ready, and listens, once it can be', async () => {
  const file = useDatabaseFile();
  writeFileSync(file, 'this is no database, but it is long enough to look at'.repeat(20));
  const chat = createChatServer({ logger: silent });
  onTestFinished(() => chat.close());
  const unavailable = { code: 'STORE_UNAVAILABLE' };
  await expect(chat.ready).rejects.toMatchObject(unavailable);
  await expect(chat.listen(0, '127.0.0.1')).rejects.toMatchObject(unavailable);
  rmSync(file);
  await chat.ready;
  const { url } = await chat.listen(0, '127.0.0.1');
  expect(await (await joinChannel(url)).ask('send_message', hello())).toMatchObject({ ok: true });
});

test('a store of the host’s stays open when the server closes', async () => {
  const store = createMemoryStore();
  const close = vi.spyOn(store, 'close');
  const chat = createChatServer({ logger: silent, store });
  await chat.ready;
  await chat.close();
  expect(close).not.toHaveBeenCalled();
});
