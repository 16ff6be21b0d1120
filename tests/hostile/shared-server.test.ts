import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import { attachChatServer, createMemoryStore } from '@wirepact/server';
import pino from 'pino';
import { Server } from 'socket.io';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectPacket } from './packets';
import { type Fields, RawSession } from './raw-session';
import type { Target } from './raw-tcp';
import { expectTold, outcomeOf } from './refusal';
import { describeAttack } from './target-server';

const OPTIONS = { store: createMemoryStore(), logger: pino({ level: 'silent' }) };

const portOf = (httpServer: HttpServer): number => {
  const address = httpServer.address();
  return typeof address === 'object' && address ? address.port : 0;
};

describeAttack('a Socket.IO server that recovers the state of connections', () => {
  const httpServer = createServer();
  const io = new Server(httpServer, { connectionStateRecovery: {} });
  const chat = attachChatServer(io, OPTIONS);
  let target: Target = { port: 0, from: '127.20.0.1' };
  beforeAll(async () => {
    await once(httpServer.listen(0, '127.0.0.1'), 'listening');
    target = { ...target, port: portOf(httpServer) };
  });
  afterAll(async () => {
    await chat.close();
    await io.close();
  });

  test('[B3] serves who comes back on a transport that dropped, or ends it with a word', async () => {
    const first = await RawSession.connect(target);
    const { pid } = (first.others[0]?.data ?? {}) as Fields;
    const offset = first.events[0]?.rest?.at(-1);
    expect([typeof pid, typeof offset]).toEqual(['string', 'string']);
    first.vanish();
    const second = await RawSession.open(target);
    await second.send(connectPacket('/', { pid, offset }));
    await second.until(() => second.others.length > 0, 'an answer to a connect');
    const outcome = await outcomeOf(second);
    if (outcome !== 'goes on') expectTold(outcome);
    second.vanish();
  });

  test('[B3] takes nobody for somebody who was there', async () => {
    const session = await RawSession.connect(target, { auth: { pid: '__proto__', offset: '__proto__' } });
    expect(await session.ask('heartbeat')).toMatchObject({ ok: true });
    session.vanish();
  });
});

describeAttack('a Socket.IO server of the host’s own on the same path', () => {
  test('[B4] is found where the chat is attached beside it', async () => {
    const httpServer = createServer();
    const io = new Server(httpServer);
    expect(() => attachChatServer(httpServer, OPTIONS)).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS' }),
    );
    await io.close();
  });

  test('[B4] is left alone on another path, and both are served', async () => {
    const httpServer = createServer();
    const io = new Server(httpServer, { path: '/host/' });
    const chat = attachChatServer(httpServer, OPTIONS);
    await once(httpServer.listen(0, '127.0.0.1'), 'listening');
    const target = { port: portOf(httpServer), from: '127.20.0.1' };
    const ours = await RawSession.connect(target);
    const theirs = await RawSession.open(target, { path: '/host/?EIO=4&transport=websocket' });
    await theirs.send(connectPacket());
    await theirs.until(() => theirs.others.length > 0, 'an answer to a connect');
    expect(theirs.others[0]).toMatchObject({ type: 0 });
    for (const session of [ours, theirs]) session.vanish();
    await chat.close();
    await io.close();
  });
});
