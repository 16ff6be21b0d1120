import { expect, test } from 'vitest';
import { connectPacket, ENGINE, eventPacket, rawEventPacket, SEPARATOR } from './packets';
import { PollingSession } from './polling-session';
import { RawSession, type SessionEnd } from './raw-session';
import { written } from './raw-tcp';
import { expectTold, expectTurnedAway } from './refusal';
import { describeAttack, expectBearable, useTarget } from './target-server';
import { encodeFrame, OPCODE } from './websocket-frames';

const MB = 1024 * 1024;

/** A payload of about so many bytes, out of one packet again and again. */
const payloadOf = (packet: string, bytes: number) =>
  Array(Math.floor(bytes / (packet.length + 1)))
    .fill(packet)
    .join(SEPARATOR);

describeAttack('one polling request of many packets', () => {
  const target = useTarget('open');

  test.each([
    ['570,000 events', '42[""]'],
    ['570,000 events that ask for an answer', '420[""]'],
    ['2,000,000 packets of nothing', ENGINE.noop],
    ['1,000,000 connects', connectPacket()],
    ['600,000 connects to namespaces', connectPacket('/a')],
  ])('[B8] is refused before the packets are looked at: %s', async (_name, packet) => {
    const toll = await target.server.toll(async () => {
      const session = await PollingSession.connect(target.server.newcomer());
      expectTurnedAway(await session.post(payloadOf(packet, 4 * MB - 64)));
    });
    expectBearable(toll);
  });

  test('[B8] ends its session where its bytes are few enough, however often it comes', async () => {
    const payload = payloadOf('42[""]', MB);
    const toll = await target.server.toll(async () => {
      for (let time = 0; time < 10; time += 1) {
        const session = await PollingSession.connect(target.server.newcomer());
        await session.post(payload);
        expectTold(await session.end());
      }
    });
    expectBearable(toll);
  });
});

describeAttack('one websocket', () => {
  const target = useTarget('open');

  /** Sends frames until the server ends the session, or there are no more. */
  async function pour(session: RawSession, frames: Buffer, times: number): Promise<SessionEnd> {
    for (let time = 0; time < times && !session.websocket.tcp.destroyed; time += 1) {
      await written(session.websocket.tcp, frames);
    }
    return session.end();
  }

  const framesOf = (packet: string, count: number) =>
    Buffer.concat(Array(count).fill(encodeFrame(OPCODE.text, packet)));

  test.each([
    ['4 MB of brackets', `42["heartbeat",${'['.repeat(2 * MB - 32)}${']'.repeat(2 * MB - 32)}]`],
    ['4 MB of open brackets', `42["heartbeat",${'['.repeat(4 * MB - 32)}`],
    ['4 MB of commas and zeros', `42["send_message",[${'0,'.repeat(2 * MB - 32)}0]]`],
    [
      '4 MB of properties',
      `42["send_message",{${Array.from({ length: 380_000 }, (_, index) => `"${index}":0`)}}]`,
    ],
    ['4 MB of digits to acknowledge', `42${'9'.repeat(4 * MB - 32)}["heartbeat"]`],
    ['4 MB of a namespace', connectPacket(`/${'n'.repeat(4 * MB - 32)}`)],
    ['4 MB of a name', eventPacket('n'.repeat(4 * MB - 32), {})],
    ['4 MB of a text', eventPacket('send_message', { text: 't'.repeat(4 * MB - 64) })],
    ['3 MB for an event without a payload', rawEventPacket('heartbeat', `"${'h'.repeat(3 * MB)}"`)],
  ])('[B8] is ended by one frame of %s', async (_name, packet) => {
    const toll = await target.server.toll(async () => {
      const session = await RawSession.connect(target.server.newcomer());
      await session.send(packet);
      expectTold(await session.end());
    });
    expectBearable(toll);
    expect(toll.longestTurnMs, 'ms of the longest turn').toBeLessThan(250);
  });

  test.each([
    ['20,000 events', eventPacket('set_log_filter', {}), 20],
    ['20,000 events that ask for an answer', eventPacket('set_log_filter', {}, 7), 20],
    ['20,000 events that there are not', eventPacket('', {}), 20],
    ['20,000 invalid payloads', eventPacket('send_message', {}), 20],
  ])('[B8] is ended after so many refusals: %s', async (_name, packet, times) => {
    let received = 0;
    const toll = await target.server.toll(async () => {
      const session = await RawSession.connect(target.server.newcomer());
      const end = await pour(session, framesOf(packet, 1_000), times);
      received = session.websocket.bytesReceived;
      expect(end.reason).toBe('TOO_MANY_REFUSALS');
    });
    expectBearable(toll);
    // Each refusal takes two packets of a few hundred bytes.
    expect(received, 'bytes of refusals').toBeLessThan(MB);
  });

  test('[B8] is ended by too large events, of which not one is kept', async () => {
    const toll = await target.server.toll(async () => {
      const session = await RawSession.connect(target.server.newcomer());
      const packet = eventPacket('send_message', { metadata: { a: 'x'.repeat(3 * MB) } });
      expectTold(await pour(session, framesOf(packet, 1), 100));
    });
    expectBearable(toll);
  });

  test('[B7] that sends pings and reads no pongs is ended, or the pongs are not kept', async () => {
    const toll = await target.server.toll(async () => {
      const session = await RawSession.connect(target.server.newcomer());
      session.websocket.stopReading();
      const pings = Buffer.concat(Array(8_000).fill(encodeFrame(OPCODE.ping, Buffer.alloc(125))));
      const { tcp } = session.websocket;
      // A server that reads no more of it is as good as one that hangs up.
      let isStuck = false;
      for (let time = 0; time < 400 && !tcp.destroyed && !isStuck; time += 1) {
        const timer = new Promise<'late'>((resolve) => setTimeout(resolve, 1_000, 'late'));
        isStuck = (await Promise.race([written(tcp, pings), timer])) === 'late';
      }
      session.vanish();
    });
    expectBearable(toll);
  });
});
