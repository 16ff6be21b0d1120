import { expect, test } from 'vitest';
import { PollingSession } from './polling-session';
import { RawSession, type SessionEnd } from './raw-session';
import { expectRefused } from './refusal';
import { describeAttack, expectBearable, useTarget } from './target-server';
import { OPCODE } from './websocket-frames';

const MB = 1024 * 1024;
const HEADER = '4510-["send_message",{"_placeholder":true,"num":0}]';

describeAttack('binary that is never completed', () => {
  const target = useTarget('open');

  test('[B11] ends each of 20 connections at its first packet', async () => {
    const ends: SessionEnd[] = [];
    const toll = await target.server.toll(async () => {
      const attachment = Buffer.alloc(4 * MB - 64);
      const sessions = await Promise.all(
        Array.from({ length: 20 }, () => RawSession.connect(target.server.newcomer())),
      );
      for (const session of sessions) {
        await session.send(HEADER);
        for (let part = 0; part < 9 && !session.websocket.tcp.destroyed; part += 1) {
          await session.websocket.sendFrame(OPCODE.binary, attachment);
        }
      }
      ends.push(...(await Promise.all(sessions.map((session) => session.end()))));
    });
    expectBearable(toll);
    expect(ends).toEqual(Array(20).fill(expect.objectContaining({ reason: 'INVALID_PACKET' })));
  });

  test('[B11] without attachments ends its connection as well', async () => {
    const session = await RawSession.connect(target.server.newcomer());
    await session.send(HEADER);
    expect(await session.end()).toMatchObject({ reason: 'INVALID_PACKET' });
  });

  test('[B11] before any namespace was entered ends its connection', async () => {
    const session = await RawSession.open(target.server.newcomer());
    await session.send(HEADER);
    await session.end();
  });

  test('[B11] in base64 by polling ends its session', async () => {
    const session = await PollingSession.connect(target.server.newcomer());
    await session.post(HEADER);
    expect(await session.end()).toMatchObject({ reason: 'INVALID_PACKET' });
    expectRefused(await session.post('bAAECAw=='));
  });
});
