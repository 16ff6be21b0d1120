import { expect, test } from 'vitest';
import { connectPacket, SEPARATOR } from './packets';
import { PollingSession } from './polling-session';
import { type Fields, RawSession } from './raw-session';
import { type Target, written } from './raw-tcp';
import { expectRefused, expectTold, refusalOf } from './refusal';
import { describeAttack, expectBearable, useTarget } from './target-server';
import { encodeFrame, OPCODE } from './websocket-frames';

/** Connections that one address may open in a minute, by default. */
const LIMIT = 600;
const RIGHT = { auth: { password: 'right' } };

/** Sends connect packets until the server ends the session, or there are no more. */
async function pourConnects(session: RawSession, count: number, packet: (index: number) => string) {
  for (let index = 0; index < count && !session.websocket.tcp.destroyed; index += 500) {
    const frames = Array.from({ length: 500 }, (_, more) => encodeFrame(OPCODE.text, packet(index + more)));
    await written(session.websocket.tcp, Buffer.concat(frames));
  }
}

const guess = (index: number) => connectPacket('/', { password: `guess ${index}` });

/** The code that a refused connect is given. */
function codeOf(data: unknown): unknown {
  const details: Fields = (data as Fields | undefined) ?? {};
  return (details.data as Fields | undefined)?.code;
}

/** The answer to one connect with this password, on a connection of its own. */
async function tryOnce(target: Target, password: string): Promise<unknown> {
  const session = await RawSession.open(target).catch((error: unknown) => error);
  if (!(session instanceof RawSession)) return (await refusalOf(Promise.reject(session)))?.status;
  void session.send(connectPacket('/', { password }));
  const answered = session.until(() => session.others.length > 0, 'an answer to a connect');
  const end = await answered.then(
    () => undefined,
    () => session.end(),
  );
  session.vanish();
  return end ? (end.reason ?? end.closeCode) : codeOf(session.others[0]?.data);
}

describeAttack('guesses at a password', () => {
  const target = useTarget('passwords', RIGHT);

  test('[B10] 20,000 on one websocket are one', async () => {
    const before = (await target.server.figures()).calls.authenticate ?? 0;
    const toll = await target.server.toll(async () => {
      const session = await RawSession.open(target.server.newcomer());
      await pourConnects(session, 20_000, guess);
      expectTold(await session.end());
    });
    expectBearable(toll);
    // The bystander connects as well, and gets several answers each time.
    const guesses = (toll.calls.authenticate ?? 0) - before - toll.answered / 2;
    expect(guesses, 'guesses that were looked at').toBeLessThan(2);
  });

  test('[B10] 1,000 of one address are as many as it may make, and the right one after them is not believed', async () => {
    const from = target.server.newcomer();
    const answers: unknown[] = [];
    const toll = await target.server.toll(async () => {
      for (let round = 0; round < 20; round += 1) {
        answers.push(...(await Promise.all(Array.from({ length: 50 }, () => tryOnce(from, 'wrong')))));
      }
    });
    expectBearable(toll);
    expect(
      answers.filter((code) => code === 'UNAUTHENTICATED'),
      'guesses that were looked at',
    ).toHaveLength(LIMIT);
    expect(answers.filter((code) => code === 'RATE_LIMITED')).toHaveLength(answers.length - LIMIT);
    expect(await tryOnce(from, 'right')).toBe('RATE_LIMITED');
  });
});

describeAttack('connects while the host looks up who it is', () => {
  const target = useTarget('slowPasswords');

  test('[B10] 20,000 on one websocket ask the host once at a time', async () => {
    const session = await RawSession.open(target.server.newcomer());
    await pourConnects(session, 20_000, guess);
    await target.server.release();
    await session.end();
    const { mostAtOnce } = await target.server.figures();
    // The bystander is the other.
    expect(mostAtOnce.authenticate).toBeLessThanOrEqual(2);
    const { sockets } = await target.server.remains();
    expect(sockets, 'sockets that are kept').toBeLessThan(5);
  });
});

describeAttack('connects to one namespace after the other', () => {
  const target = useTarget('open');

  test.each([
    ['that there are not', (index: number) => connectPacket(`/n${index}`)],
    ['that there is', () => connectPacket()],
    ['with long names', (index: number) => connectPacket(`/${index}${'n'.repeat(1_000)}`)],
  ])('[B10] end a websocket that goes on: 20,000 %s', async (_name, packet) => {
    let received = 0;
    const toll = await target.server.toll(async () => {
      const session = await RawSession.open(target.server.newcomer());
      await pourConnects(session, 20_000, packet);
      expectTold(await session.end());
      received = session.websocket.bytesReceived;
    });
    expectBearable(toll);
    expect(received, 'bytes of refusals').toBeLessThan(256 * 1024);
  });

  test('[B10] end a polling session as well', async () => {
    const toll = await target.server.toll(async () => {
      const session = await PollingSession.open(target.server.newcomer());
      const packets = Array.from({ length: 50 }, (_, index) => connectPacket(`/n${index}`));
      for (let round = 0; round < 40; round += 1) await session.post(packets.join(SEPARATOR));
      await session.end();
      expectRefused(await session.post(connectPacket()));
    });
    expectBearable(toll);
  });
});
