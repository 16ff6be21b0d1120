import { randomUUID } from 'node:crypto';
import { test } from 'vitest';
import { eventPacket } from './packets';
import { PollingSession } from './polling-session';
import { RawSession } from './raw-session';
import { expectRefused } from './refusal';
import { describeAttack, expectBearable, useTarget } from './target-server';

/** As large as texts may be. */
const TEXT = 't'.repeat(65_000);

describeAttack('members that do not read what is sent', () => {
  const target = useTarget('open');

  test('[B7] are ended by the bytes that wait for them: 1,200 messages of 64 KB', async () => {
    const channelId = randomUUID();
    const toll = await target.server.toll(async () => {
      const sessions = await Promise.all(
        Array.from({ length: 10 }, async () => {
          const session = await RawSession.connect(target.server.newcomer());
          await session.ask('join_channel', { channelId });
          session.websocket.stopReading();
          return session;
        }),
      );
      await target.server.post(channelId, 1_200, TEXT);
      for (const { websocket } of sessions) websocket.tcp.resume();
      await Promise.all(sessions.map((session) => session.end()));
    });
    expectBearable(toll);
  });

  test('[B7] are ended where they poll and then poll no more', async () => {
    const channelId = randomUUID();
    const toll = await target.server.toll(async () => {
      const session = await PollingSession.connect(target.server.newcomer());
      await session.post(eventPacket('join_channel', { channelId }, 1));
      while (session.all('channel_joined').length === 0) await session.poll();
      await target.server.post(channelId, 1_200, TEXT);
      const last = await session.post(eventPacket('heartbeat'));
      if (last?.status === 200) expectRefused(await session.post(eventPacket('heartbeat')));
    });
    expectBearable(toll);
  });

  test('[B7] and who reads hears every message', async () => {
    const channelId = randomUUID();
    const session = await RawSession.connect(target.server.newcomer());
    await session.ask('join_channel', { channelId });
    // In portions, each less than may wait: a reader that the machine keeps from reading is no slow one.
    for (let heard = 30; heard <= 300; heard += 30) {
      await target.server.post(channelId, 30, TEXT);
      await session.until(() => session.all('messageBroadcast').length === heard, `message ${heard}`);
    }
    session.vanish();
  });
});
