import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { eventPacket } from './packets';
import { PollingSession } from './polling-session';
import { RawSession } from './raw-session';
import { describeAttack, expectBearable, useTarget } from './target-server';

const MB = 1024 * 1024;
/** A character that takes six bytes on the wire. */
const COSTLY = '\u0000';
const TEXT = COSTLY.repeat(65_536);
const NOTES = Array<string>(23).fill(COSTLY.repeat(8_000));
const MESSAGES = 220;
/** What an answer to one small request may take: the largest message there can be, and as much again. */
const MAX_ANSWER = 4 * MB;

describeAttack('small requests for large answers', () => {
  const target = useTarget('open');
  const channelId = randomUUID();
  beforeAll(() => target.server.post(channelId, MESSAGES, TEXT, NOTES), 60_000);

  test('[B9] a page of history ends where it is large enough, and says that there is more', async () => {
    const page = { channelId, limit: 200 };
    const toll = await target.server.toll(async () => {
      const session = await RawSession.connect(target.server.newcomer());
      const { data } = await session.ask('list_messages', page);
      expect(session.websocket.bytesReceived, 'bytes of a page').toBeLessThan(MAX_ANSWER);
      expect(data).toMatchObject({ hasMore: true });
      expect(data?.messages).not.toHaveLength(0);
      session.vanish();
    });
    expectBearable(toll);
  });

  test('[B9] the same by polling', async () => {
    const toll = await target.server.toll(async () => {
      const session = await PollingSession.connect(target.server.newcomer());
      await session.post(eventPacket('list_messages', { channelId, limit: 200 }, 1));
      const response = await session.poll();
      expect(response?.body.length, 'bytes of a page').toBeLessThan(MAX_ANSWER);
    });
    expectBearable(toll);
  });

  test('[B9] 40 pages that 10 connections ask for at once and do not read', async () => {
    const toll = await target.server.toll(async () => {
      const sessions = await Promise.all(
        Array.from({ length: 10 }, () => RawSession.connect(target.server.newcomer())),
      );
      for (const session of sessions) {
        session.websocket.stopReading();
        const asked = Array.from({ length: 40 }, (_, id) =>
          eventPacket('list_messages', { channelId, limit: 200 }, id),
        );
        await Promise.all(asked.map((packet) => session.send(packet)));
      }
      await target.server.visits(5);
      for (const session of sessions) session.vanish();
    });
    expectBearable(toll);
  });

  test('[B9] joins that catch up with everything, on 10 connections that do not read', async () => {
    const toll = await target.server.toll(async () => {
      const sessions = await Promise.all(
        Array.from({ length: 10 }, async () => {
          const session = await RawSession.connect(target.server.newcomer());
          const { data } = await session.ask('list_messages', { channelId, limit: 1 });
          session.websocket.stopReading();
          await session.emit('join_channel', { channelId, resume: { epoch: data?.epoch, seq: 0 } });
          return session;
        }),
      );
      await target.server.visits(5);
      for (const session of sessions) session.vanish();
    });
    expectBearable(toll);
  });

  test('[B9] joins that catch up again and again on one connection', async () => {
    const toll = await target.server.toll(async () => {
      const session = await RawSession.connect(target.server.newcomer());
      const { data } = await session.ask('list_messages', { channelId, limit: 1 });
      session.websocket.stopReading();
      const resume = { epoch: data?.epoch, seq: 0 };
      for (let time = 0; time < 40; time += 1) await session.emit('join_channel', { channelId, resume });
      await target.server.visits(5);
      session.vanish();
    });
    expectBearable(toll);
  });

  test('[B9] whoever does read gets all of it, page by page', async () => {
    const session = await RawSession.connect(target.server.newcomer());
    let [found, hasMore, before, pages] = [0, true, undefined as number | undefined, 0];
    while (hasMore && pages < 50) {
      const { data } = await session.ask('list_messages', { channelId, limit: 200, before });
      const messages = data?.messages as { seq: number }[];
      [found, hasMore, before, pages] = [
        found + messages.length,
        data?.hasMore === true,
        messages[0]?.seq,
        pages + 1,
      ];
    }
    session.vanish();
    // No more of them than the limit lets through.
    expect(found).toBeGreaterThan(pages - 1);
    expect(before).toBeLessThan(MESSAGES);
  });
});
