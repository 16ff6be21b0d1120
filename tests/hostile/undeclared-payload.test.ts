import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { RawSession } from './raw-session';
import { OWN_CHANNEL } from './server-hosts';
import { describeAttack, useTarget } from './target-server';

describeAttack('a channel that an event is not about', () => {
  const target = useTarget('ownChannel');

  test.each([
    ['subscribe_logs', {}],
    ['set_log_filter', { level: 'debug' }],
    ['leave_channel', { channelId: randomUUID() }],
    ['list_messages', { channelId: randomUUID() }],
    ['join_channel', { channelId: randomUUID() }],
  ])('[A1] does not open what the host keeps shut: %s', async (event, payload) => {
    const session = await RawSession.connect(target.server.newcomer());
    const mine = { channelId: OWN_CHANNEL, roomId: OWN_CHANNEL, room: OWN_CHANNEL };
    const answer = await session.ask(event, { ...mine, ...payload });
    session.vanish();
    if (event === 'leave_channel') return expect(answer).toMatchObject({ ok: true });
    expect(answer).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
  });

  test('[A1] while what is about it stays open', async () => {
    const session = await RawSession.connect(target.server.newcomer());
    expect(await session.ask('join_channel', { channelId: OWN_CHANNEL })).toMatchObject({ ok: true });
    session.vanish();
  });
});

describeAttack('what is sent in place of a payload that there is not', () => {
  const target = useTarget('open');

  test.each(['heartbeat', 'subscribe_logs', 'unsubscribe_logs'])('[A1] is bounded: %s', async (event) => {
    const session = await RawSession.connect(target.server.newcomer());
    const answer = await session.ask(event, { a: 'x'.repeat(1_000_000) });
    expect(answer).toMatchObject({ ok: false, error: { code: 'PAYLOAD_TOO_LARGE' } });
    expect(await session.ask(event, { a: 'x' })).toMatchObject({ ok: true });
    session.vanish();
  });
});
