import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Channel, createChatClient } from '@wirepact/client';
import { findPostgres, type PostgresInstance, startPostgres } from '@wirepact/test-postgres';
import { findRedis, startRedis } from '@wirepact/test-redis';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { bundleServer } from '../chaos/server-bundle';
import { readCodeBlocks, runCodeBlock, writeModule } from './code-blocks';

const CHANNEL = '123e4567-e89b-12d3-a456-426614174000';
const [nodes = '', workers = ''] = readCodeBlocks('docs/scaling.md');
const GENERATED = new URL('../test-results/docs/', import.meta.url);
const [programs, program] = [findPostgres(), findRedis()];

const closeAfterwards = (value: unknown) =>
  onTestFinished(async () => {
    await Object(value).close();
  });

async function join(url: string, entityId: string): Promise<Channel> {
  const chat = createChatClient(url, { entityId, entityName: entityId });
  closeAfterwards(chat);
  return chat.join(CHANNEL);
}

const textsOf = ({ view }: Channel) => view.get().messages.map(({ text }) => text);

describe.skipIf(!programs)('the guide to more than one process', () => {
  let postgres: PostgresInstance;
  beforeAll(async () => {
    postgres = await startPostgres(programs ?? '', { isDurable: false });
  });
  afterAll(() => postgres.stop());

  test.skipIf(!program)('two processes are one chat, and each says that it is ready', async () => {
    const redis = await startRedis(program ?? '');
    onTestFinished(() => redis.stop());
    vi.stubEnv('DATABASE_URL', await postgres.createDatabase());
    vi.stubEnv('REDIS_URL', redis.url);
    vi.stubEnv('LOG_LEVEL', 'silent');
    const listeners = process.listeners('SIGTERM');
    onTestFinished(() => {
      vi.unstubAllEnvs();
      for (const listener of process.listeners('SIGTERM'))
        if (!listeners.includes(listener)) process.off('SIGTERM', listener);
    });
    const start = async () => {
      const served = await runCodeBlock(nodes, {
        'listen(3000)': 'listen(0)',
        'drainSpreadMs: 10_000': 'drainSpreadMs: 0',
      });
      closeAfterwards(served.store);
      closeAfterwards(served.chat);
      const url = String(served.url);
      await expect.poll(async () => (await fetch(`${url}/readyz`)).status).toBe(200);
      return url;
    };
    const [ada, bob] = [await join(await start(), 'ada'), await join(await start(), 'bob')];
    await ada.send('hello');
    for (const member of [ada, bob]) await expect.poll(() => textsOf(member)).toEqual(['hello']);
  });

  /** Starts the block as a program, as `cluster` needs one. */
  async function startWorkers(): Promise<string> {
    const program = workers.replace('listen(3000,', "listen(0, '127.0.0.1',");
    const file = await bundleServer(
      writeModule('workers', program),
      fileURLToPath(new URL('workers.mjs', GENERATED)),
    );
    const env = { ...process.env, DATABASE_URL: await postgres.createDatabase(), LOG_LEVEL: 'silent' };
    const primary: ChildProcess = spawn(process.execPath, [file], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(async () => {
      const ended = once(primary, 'exit');
      primary.kill('SIGKILL');
      await ended;
    });
    for await (const line of createInterface({ input: primary.stdout ?? process.stdin })) {
      const port = /port: (\d+)/.exec(line)?.[1];
      if (port) return `http://127.0.0.1:${port}`;
    }
    throw new Error('The primary process ended before it listened.');
  }

  test('workers of one machine are one chat, for clients that poll as well', async () => {
    const url = await startWorkers();
    const members = await Promise.all(
      Array.from({ length: 4 }, async (_, index) => {
        const transports = index % 2 ? ['polling'] : ['websocket'];
        // A worker that is still starting may not answer.
        const socket = io(url, { forceNew: true, transports, timeout: 2_000 });
        onTestFinished(() => void socket.close());
        const states: string[] = [];
        const heard: string[] = [];
        socket.on('messageBroadcast', ({ text }) => heard.push(text));
        socket.on('presence_changed', (change) => states.push(JSON.stringify(change)));
        await expect
          .poll(async () => Object(await socket.emitWithAck('join_channel', { channelId: CHANNEL })).ok)
          .toBe(true);
        const watch = { channelId: CHANNEL, watching: true };
        expect(await socket.emitWithAck('watch_presence', watch)).toMatchObject({ ok: true });
        return { socket, heard, states };
      }),
    );
    const [first] = members;
    const text = { channelId: CHANNEL, serverId: CHANNEL, entityId: 'ada', text: 'hello' };
    expect(await first?.socket.emitWithAck('send_message', text)).toMatchObject({ ok: true });
    for (const { heard } of members) await expect.poll(() => heard).toEqual(['hello']);
    const typing = { channelId: CHANNEL, state: { typing: true }, ttlMs: 60_000 };
    expect(await first?.socket.emitWithAck('update_presence', typing)).toMatchObject({ ok: true });
    for (const { states } of members.slice(1))
      await expect.poll(() => states.some((change) => change.includes('"typing":true'))).toBe(true);
  });
});
