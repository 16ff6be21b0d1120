import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { rawEventPacket } from './packets';
import { RawSession } from './raw-session';
import { describeAttack, useTarget } from './target-server';

/** A message with these fields, as JSON text, which may say what JavaScript has no value for. */
function message(fields: string): string {
  const id = randomUUID();
  return `{"channelId":"${id}","serverId":"${id}","entityId":"mallory","text":"hello",${fields}}`;
}

const brackets = (depth: number) => `"metadata":{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
const properties = (count: number) =>
  `"metadata":{${Array.from({ length: count }, (_, index) => `"k${index}":0`)}}`;

const REFUSED: readonly (readonly [row: string, name: string, fields: string, code: string])[] = [
  ['E12', 'a number that JSON cannot say back', '"metadata":{"a":1e999}', 'INVALID_PAYLOAD'],
  ['E12', 'a negative one, deep inside', '"metadata":{"a":[{"b":[-1e999]}]}', 'INVALID_PAYLOAD'],
  ['B8', 'a property __proto__', '"metadata":{"__proto__":{"a":1}}', 'INVALID_PAYLOAD'],
  ['B8', 'a prototype of its own', '"metadata":{"constructor":{"prototype":{}}}', 'INVALID_PAYLOAD'],
  ['B8', '50 brackets', brackets(50), 'PAYLOAD_TOO_LARGE'],
  ['B8', '500 properties', properties(500), 'PAYLOAD_TOO_LARGE'],
  ['B8', '300,000 characters', `"metadata":{"a":"${'x'.repeat(300_000)}"}`, 'PAYLOAD_TOO_LARGE'],
];

describeAttack('a payload that is JSON and is no good', () => {
  const target = useTarget('open');

  test.each(REFUSED)('[%s] is refused with a code: %s', async (_row, _name, fields, code) => {
    const session = await RawSession.connect(target.server.newcomer());
    const answer = await session.askPacket((id) => rawEventPacket('send_message', message(fields), id));
    expect(answer).toMatchObject({ ok: false, error: { code } });
    expect(session.all('messageError')).toMatchObject([{ code }]);
    session.vanish();
  });

  test('[E12] is refused with a code: a number out of range in a field of the contract', async () => {
    const session = await RawSession.connect(target.server.newcomer());
    const payload = `{"channelId":"${randomUUID()}","limit":1e999}`;
    const answer = await session.askPacket((id) => rawEventPacket('list_messages', payload, id));
    expect(answer).toMatchObject({ ok: false, error: { code: 'INVALID_PAYLOAD' } });
    session.vanish();
  });

  test.each([
    ['2,000 brackets', brackets(2_000)],
    ['100,000 brackets', brackets(100_000)],
    ['10,000 properties', properties(10_000)],
  ])('[B8] ends its connection where it is far over the bounds: %s', async (_name, fields) => {
    const session = await RawSession.connect(target.server.newcomer());
    await session.send(rawEventPacket('send_message', message(fields)));
    expect(await session.end()).toMatchObject({ reason: 'PAYLOAD_TOO_LARGE' });
  });

  test('[B8] is taken where it is only strange: half a character, a zero, 65,536 of four bytes each', async () => {
    const session = await RawSession.connect(target.server.newcomer());
    const channelId = randomUUID();
    await session.ask('join_channel', { channelId });
    for (const text of ['\ud800', '\u0000', '\u{1f600}'.repeat(65_536), '__proto__', '\u202e']) {
      const sent = { channelId, serverId: channelId, entityId: 'mallory', text };
      expect(await session.ask('send_message', sent)).toMatchObject({ ok: true });
      expect(session.all('messageBroadcast').at(-1)).toMatchObject({ text });
    }
    session.vanish();
  });
});
