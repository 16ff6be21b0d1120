import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { RawSession } from './raw-session';
import { describeAttack, useTarget } from './target-server';

describeAttack('what one client can make the server keep', () => {
  const target = useTarget('managers');

  test('[D6] is so many channels', async () => {
    const session = await RawSession.connect(target.server.newcomer());
    const codes = new Set<unknown>();
    for (let joined = 0; joined < 10_000 && codes.size === 0; joined += 100) {
      const answers = await Promise.all(
        Array.from({ length: 100 }, () => session.ask('join_channel', { channelId: randomUUID() })),
      );
      for (const { ok, error } of answers) if (!ok) codes.add(error?.code);
    }
    expect([...codes]).toEqual(['TOO_MANY_CHANNELS']);
    session.vanish();
  });

  test('[D6] is so much of a channel’s properties', async () => {
    const session = await RawSession.connect(target.server.newcomer());
    const channelId = randomUUID();
    await session.ask('join_channel', { channelId });
    let refused: unknown;
    for (let index = 0; index < 200 && !refused; index += 1) {
      const updates = { [`property${index}`]: 'x'.repeat(20_000) };
      refused = (await session.ask('update_channel', { channelId, updates })).error?.code;
    }
    expect(refused).toBe('PROPERTIES_TOO_LARGE');
    const before = session.websocket.bytesReceived;
    expect(await session.ask('join_channel', { channelId })).toMatchObject({ ok: true });
    expect(session.websocket.bytesReceived - before, 'bytes of a join').toBeLessThan(512 * 1024);
    session.vanish();
  });

  test('[D6] is so many agents of a channel', async () => {
    const session = await RawSession.connect(target.server.newcomer());
    const channelId = randomUUID();
    for (let index = 0; index < 100; index += 1) {
      await session.ask('join_channel', { channelId, agentId: randomUUID() });
    }
    // What others say meanwhile is kept as well, and is none of it.
    await target.server.alone();
    const before = (await target.server.remains()).objects;
    for (let index = 0; index < 300; index += 1) {
      await session.ask('join_channel', { channelId, agentId: randomUUID() });
    }
    await expect
      .poll(async () => (await target.server.remains()).objects - before, {
        message: 'objects that are kept',
      })
      .toBeLessThan(300);
    session.vanish();
  });
});
