import { expect, test } from 'vitest';
import { headOf, request } from './raw-http';
import { RawSession } from './raw-session';
import { openTcp, within, written } from './raw-tcp';
import { upgradeHead } from './raw-websocket';
import { describeAttack, expectBearable, useTarget } from './target-server';
import { encodeFrame, OPCODE } from './websocket-frames';

const MB = 1024 * 1024;
const POLLING = '/socket.io/?EIO=4&transport=polling';
const WEBSOCKET = '/socket.io/?EIO=4&transport=websocket';

describeAttack('writers that never finish', () => {
  const target = useTarget('open');

  /** Writes so much of it, byte by byte, on so many connections at once. */
  async function trickle(count: number, text: string) {
    const sockets = await Promise.all(Array.from({ length: count }, () => openTcp(target.server.newcomer())));
    for (const byte of text) {
      await Promise.all(sockets.map((socket) => written(socket, byte)));
    }
    return sockets;
  }

  test.each([
    ['a request', headOf({ path: POLLING }).slice(0, 60)],
    ['an upgrade', upgradeHead(WEBSOCKET).slice(0, 120)],
    ['a request of a name that never ends', `GET ${POLLING} HTTP/1.1\r\nHost: ${'h'.repeat(200)}`],
  ])('[B8] cost the others nothing: %s, a byte at a time, on 100 connections', async (_name, text) => {
    const toll = await target.server.toll(async () => {
      const sockets = await trickle(100, text);
      for (const socket of sockets) socket.destroy();
    });
    expectBearable(toll);
  });

  test('[B8] cost the others nothing: a body of 1 MB, of which all but the end comes, 100 times', async () => {
    const toll = await target.server.toll(async () => {
      const sockets = await Promise.all(
        Array.from({ length: 100 }, async () => {
          const from = target.server.newcomer();
          const opened = await request(from, { path: POLLING });
          const { sid } = JSON.parse(opened?.body.slice(1) ?? '{}');
          const socket = await openTcp(from);
          const headers = { 'Content-Length': `${MB}`, 'Content-Type': 'text/plain' };
          await written(socket, headOf({ method: 'POST', path: `${POLLING}&sid=${sid}`, headers }));
          await written(socket, 'x'.repeat(MB - 1));
          return socket;
        }),
      );
      for (const socket of sockets) socket.destroy();
    });
    expectBearable(toll);
  });

  test('[B8] cost the others nothing: a frame, a byte at a time, on 50 sessions', async () => {
    const toll = await target.server.toll(async () => {
      const sessions = await Promise.all(
        Array.from({ length: 50 }, () => RawSession.connect(target.server.newcomer())),
      );
      for (const byte of encodeFrame(OPCODE.text, '42["heartbeat"]')) {
        await Promise.all(sessions.map(({ websocket }) => written(websocket.tcp, Buffer.of(byte))));
      }
      for (const session of sessions) expect(await session.ask('heartbeat')).toMatchObject({ ok: true });
      for (const session of sessions) session.vanish();
    });
    expectBearable(toll);
  });

  test('[B8] cost the others nothing: 4 MB that were announced, of which half comes, on 100 sessions', async () => {
    const toll = await target.server.toll(async () => {
      const sessions = await Promise.all(
        Array.from({ length: 100 }, () => RawSession.open(target.server.newcomer())),
      );
      const half = Buffer.alloc(2 * MB);
      for (const { websocket } of sessions) {
        await websocket.sendFrame(OPCODE.text, '', { length: 4 * MB - 64 });
        await written(websocket.tcp, half);
      }
      await target.server.visits(2);
      for (const session of sessions) session.vanish();
    });
    expectBearable(toll);
  });

  test('[B8] cost the others nothing: a message in 200,000 parts that is never over', async () => {
    const toll = await target.server.toll(async () => {
      const session = await RawSession.connect(target.server.newcomer());
      await session.websocket.sendFrame(OPCODE.text, '4', { fin: false });
      const parts = Buffer.concat(Array(1_000).fill(encodeFrame(OPCODE.continuation, '2', { fin: false })));
      for (let time = 0; time < 200; time += 1) await written(session.websocket.tcp, parts);
      session.vanish();
    });
    expectBearable(toll);
  });

  test('[B1] do not keep the server from closing', async () => {
    const half = [headOf({ path: POLLING }).slice(0, 60), upgradeHead(WEBSOCKET).slice(0, 120)];
    const sockets = await Promise.all(
      half.map(async (text) => {
        const socket = await openTcp(target.server.newcomer());
        await written(socket, text);
        return socket;
      }),
    );
    const ended = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve).resume()));
    await within(target.server.close(), 'the end of close()');
    await within(Promise.all(ended), 'the end of connections');
  });
});
