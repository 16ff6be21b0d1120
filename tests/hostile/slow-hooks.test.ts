import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { eventPacket } from './packets';
import { RawSession } from './raw-session';
import { written } from './raw-tcp';
import { expectTold } from './refusal';
import { describeAttack, useTarget } from './target-server';
import { encodeFrame, OPCODE } from './websocket-frames';

const MB = 1024 * 1024;

const message = (text: string, metadata = {}) => {
  const id = randomUUID();
  return { channelId: id, serverId: id, entityId: 'mallory', text, metadata };
};

describeAttack('events while the host thinks about the first one', () => {
  const limited = useTarget('slowAuthorizeLimited');
  const unlimited = useTarget('slowAuthorize');

  test('[B6] that are too large are refused on arrival: 150 of 3 MB', async () => {
    const frame = encodeFrame(
      OPCODE.text,
      eventPacket('send_message', message('x', { a: 'x'.repeat(3 * MB) })),
    );
    const session = await RawSession.connect(limited.server.newcomer());
    await session.emit('set_log_filter', {});
    for (let time = 0; time < 150 && !session.websocket.tcp.destroyed; time += 1) {
      await written(session.websocket.tcp, frame);
    }
    expectTold(await session.end());
    const { mostAtOnce, longestTurnMs } = await limited.server.figures();
    expect(mostAtOnce.authorize, 'questions at once').toBeLessThanOrEqual(60);
    expect(longestTurnMs).toBeLessThan(1_000);
    expect(limited.server.peakMemoryMb, 'MB at most').toBeLessThan(400);
  });

  test('[B6] are refused on arrival where there are too many, each with a code', async () => {
    const session = await RawSession.connect(limited.server.newcomer());
    const asked = Array.from({ length: 90 }, () => session.ask('set_log_filter', {}));
    for (const answer of asked.slice(0, 60)) answer.catch(() => undefined);
    const refused = await Promise.all(asked.slice(60));
    expect(refused.map(({ error }) => error?.code)).toEqual(Array(30).fill('RATE_LIMITED'));
    session.vanish();
  });

  test('[B6] wait in a queue that has an end: 1,600 of 240 KB on a server without a limit', async () => {
    const text = 'x'.repeat(60_000);
    const payload = message(text, { a: text, b: text, c: text });
    const frame = encodeFrame(OPCODE.text, eventPacket('send_message', payload));
    const session = await RawSession.connect(unlimited.server.newcomer());
    for (let time = 0; time < 1_600 && !session.websocket.tcp.destroyed; time += 1) {
      await written(session.websocket.tcp, frame);
    }
    expect(unlimited.server.peakMemoryMb, 'MB at most').toBeLessThan(400);
    const codes = session.all('messageError').map(({ code }) => code);
    const end = session.websocket.tcp.destroyed ? await session.end() : undefined;
    expect(codes.includes('OVERLOADED') || end?.reason === 'TOO_MANY_REFUSALS', `${codes} ${end}`).toBe(true);
    session.vanish();
  });
});

/** So many that what one of them leaves behind is more than what comes and goes by itself. */
const PAGES = 250;

describeAttack('a page that leaves while the host thinks', () => {
  const target = useTarget('slowAuthorize');

  /** Pages come, ask, and have left before they are answered. */
  async function comeAndGo(times: number, event: string, payload: () => object | undefined) {
    const { server } = target;
    await server.hold();
    const sessions = await Promise.all(
      Array.from({ length: times }, () => RawSession.connect(server.newcomer())),
    );
    for (const session of sessions) await session.emit(event, payload());
    await expect.poll(async () => (await server.figures()).underWay.authorize).toBe(times);
    for (const session of sessions) session.vanish();
    await expect.poll(() => server.connections()).toBe(0);
    await server.release();
    await expect.poll(async () => (await server.figures()).underWay.authorize).toBe(0);
  }

  test.each([
    ['subscribe_logs', () => undefined],
    ['set_log_filter', () => ({})],
    ['join_channel', () => ({ channelId: randomUUID(), resume: { epoch: 'e', seq: 0 } })],
    ['join_channel', () => ({ channelId: '11111111-0000-4000-8000-000000000001' })],
    ['list_messages', () => ({ channelId: '11111111-0000-4000-8000-000000000001' })],
  ])('[B2] leaves nothing behind: %s', async (event, payload) => {
    await target.server.alone();
    // What is made once, and kept for others, is made in the first round.
    await comeAndGo(PAGES, event, payload);
    const before = await target.server.remains();
    await comeAndGo(PAGES, event, payload);
    const { sockets, logSubscriptions } = await target.server.remains();
    expect({ sockets, logSubscriptions }).toEqual({ sockets: 0, logSubscriptions: 0 });
    // Less than one object a page, once timers that are due have gone.
    await expect
      .poll(async () => (await target.server.remains()).objects - before.objects, {
        message: 'objects that are kept',
      })
      .toBeLessThan(PAGES);
  });
});
