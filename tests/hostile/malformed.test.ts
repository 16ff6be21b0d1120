import { expect, test } from 'vitest';
import { connectPacket, eventPacket } from './packets';
import { RawSession } from './raw-session';
import { expectTold, outcomeOf } from './refusal';
import { describeAttack, expectBearable, useTarget } from './target-server';
import { encodeFrame, type FrameFlaws, OPCODE } from './websocket-frames';

const LONG = 'n'.repeat(100_000);
const placeholder = '{"_placeholder":true,"num":0}';

/** Texts, and whether whoever says them is put out for it. */
const TEXTS: readonly (readonly [name: string, text: string | Buffer, outcome: 'ends' | 'goes on'])[] = [
  ['an opening by the client', '0{"sid":"mine","upgrades":[],"pingInterval":1}', 'goes on'],
  ['a ping by the client', '2', 'ends'],
  ['a probe where nothing is upgraded', '2probe', 'ends'],
  ['a pong that nobody asked for', '3', 'goes on'],
  ['an upgrade of what is upgraded', '5', 'goes on'],
  ['an empty packet', '6', 'goes on'],
  ['an unknown type of packet', '7', 'ends'],
  ['no packet at all', '', 'ends'],
  ['a zero', '\u0000', 'ends'],
  ['binary data in base64', 'bAAECAw==', 'ends'],
  ['what is no UTF-8', Buffer.of(0x34, 0x32, 0xc3, 0x28, 0xff), 'ends'],
  ['a message without a packet', '4', 'ends'],
  ['a packet of an unknown type', '47["heartbeat"]', 'ends'],
  ['a letter for a type', '4x["heartbeat"]', 'ends'],
  ['a second connect', connectPacket(), 'goes on'],
  ['a connect with a text', '40"mine"', 'ends'],
  ['an unknown namespace', connectPacket('/nowhere'), 'goes on'],
  ['a namespace __proto__', connectPacket('/__proto__'), 'goes on'],
  ['a namespace with a long name', connectPacket(`/${LONG}`), 'ends'],
  ['an event in a namespace that was never entered', '42/nowhere,["heartbeat"]', 'ends'],
  ['an acknowledgement of nothing', '4377["mine"]', 'ends'],
  ['an acknowledgement without a number', '43["mine"]', 'ends'],
  ['a refusal by the client', '44{"message":"no"}', 'ends'],
  ['attachments of no number', `45-["heartbeat",${placeholder}]`, 'ends'],
  ['attachments x', `45x-["heartbeat",${placeholder}]`, 'ends'],
  ['eleven attachments', `4511-["heartbeat",${placeholder}]`, 'ends'],
  ['one attachment', `451-["heartbeat",${placeholder}]`, 'ends'],
  ['an acknowledgement with an attachment', `461-7[${placeholder}]`, 'ends'],
  ['an event without a name', '42', 'ends'],
  ['an object for an event', '42{"heartbeat":1}', 'ends'],
  ['an empty list for an event', '42[]', 'ends'],
  ['half an event', '42["heartbeat"', 'ends'],
  ['null for a name', '42[null]', 'ends'],
  ['an object for a name', '42[{}]', 'ends'],
  ['a number for a name', '42[7]', 'goes on'],
  ['deep brackets for a name', `42[${'['.repeat(5_000)}${']'.repeat(5_000)}]`, 'ends'],
  ['a reserved name connect', eventPacket('connect'), 'ends'],
  ['a reserved name disconnect', eventPacket('disconnect'), 'ends'],
  ['a reserved name newListener', eventPacket('newListener'), 'ends'],
  ['a huge number to acknowledge', `42${'9'.repeat(5_000)}["heartbeat"]`, 'ends'],
];

/** A frame that RFC 6455 does not allow, and its close code for it. */
interface BadFrame {
  readonly name: string;
  readonly code: number;
  readonly opcode: number;
  readonly payload: Buffer | string;
  readonly flaws?: FrameFlaws;
}

const { text, ping, close, continuation } = OPCODE;
const FRAMES: readonly BadFrame[] = [
  { name: 'not masked', code: 1002, opcode: text, payload: '6', flaws: { masked: false } },
  { name: 'with bits that nobody agreed on', code: 1002, opcode: text, payload: '6', flaws: { reserved: 4 } },
  { name: 'of an unknown kind', code: 1002, opcode: 3, payload: '6' },
  { name: 'that goes on with nothing', code: 1002, opcode: continuation, payload: '6' },
  { name: 'of a ping in parts', code: 1002, opcode: ping, payload: 'x', flaws: { fin: false } },
  { name: 'of a long ping', code: 1002, opcode: ping, payload: 'x'.repeat(126) },
  { name: 'of a close with half a code', code: 1002, opcode: close, payload: Buffer.of(3) },
  { name: 'of a close with no such code', code: 1002, opcode: close, payload: Buffer.of(0, 7) },
  { name: 'of a close, no UTF-8', code: 1007, opcode: close, payload: Buffer.of(3, 232, 0xc3, 0x28) },
  { name: 'of a petabyte', code: 1009, opcode: text, payload: '6', flaws: { length: 2 ** 50 } },
  { name: 'of 5 MB', code: 1009, opcode: text, payload: '6', flaws: { length: 5 * 1024 * 1024 } },
];

describeAttack('something malformed on a websocket', () => {
  const target = useTarget('open');

  test.each(TEXTS)(
    '[B8] is answered, or ends its connection with a word: %s',
    async (_name, said, outcome) => {
      const session = await RawSession.connect(target.server.newcomer());
      const before = session.websocket.bytesReceived;
      await session.send(said);
      const end = await outcomeOf(session);
      expect(end === 'goes on' ? end : 'ends').toBe(outcome);
      if (end !== 'goes on') expectTold(end);
      expect(session.websocket.bytesReceived - before, 'bytes of an answer').toBeLessThan(4_096);
      session.vanish();
    },
  );

  test.each(FRAMES)('[B8] a frame $name closes with $code', async ({ code, opcode, payload, flaws }) => {
    const session = await RawSession.connect(target.server.newcomer());
    await session.websocket.sendFrame(opcode, payload, flaws);
    expect(await session.end()).toMatchObject({ closeCode: code });
  });

  test.each(['__proto__', 'constructor', 'toString', 'error', '', LONG, '\ud800'])(
    '[B8] an event that there is not is UNKNOWN_EVENT, and no more is said of it: %#',
    async (name) => {
      const session = await RawSession.connect(target.server.newcomer());
      const before = session.websocket.bytesReceived;
      expect(await session.ask(name, {})).toMatchObject({ ok: false, error: { code: 'UNKNOWN_EVENT' } });
      expect(session.websocket.bytesReceived - before).toBeLessThan(4_096);
      session.vanish();
    },
  );

  test('[B8] all of it at once costs the others nothing', async () => {
    const toll = await target.server.toll(() =>
      Promise.all(
        TEXTS.map(async ([, text]) => {
          const session = await RawSession.connect(target.server.newcomer());
          await session.websocket.sendFrame(OPCODE.text, text);
          session.websocket.tcp.end(encodeFrame(OPCODE.close, Buffer.alloc(0)));
          await session.end();
        }),
      ),
    );
    expectBearable(toll);
  });
});
