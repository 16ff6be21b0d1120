import { expect, test } from 'vitest';
import { CHANNEL, connect, hello, join, startChat } from '../../chat/test-chat';
import { joinRaw, openPolling, openRaw } from './test-wire';

/** The payload of the `connection_ended` that a text of the wire is. */
const endOf = (text: string): unknown => JSON.parse(text.slice(2))[1];

test.each([
  ['a header that announces attachments', ['451-["send_message",{"_placeholder":true,"num":0}]']],
  ['an acknowledgement with attachments', ['461-0[{"_placeholder":true,"num":0}]']],
  ['a binary frame', [Buffer.alloc(10)]],
  ['binary as base64', ['bAAAA']],
])('[ERR-14] [B11] the first binary packet ends the connection: %s', async (_what, packets) => {
  const { url } = await startChat();
  const client = await joinRaw(url);
  client.send(...packets);
  expect(endOf(await client.next('42["connection_ended"'))).toMatchObject({
    reason: 'INVALID_PACKET',
    reconnect: false,
  });
  await client.closed;
});

test.each([
  ['an acknowledgement that nobody asked for', '430[1]'],
  ['an id of many digits', `42${'1'.repeat(100_000)}["heartbeat"]`],
  ['a namespace of many characters', `42/${'a'.repeat(100_000)},["heartbeat"]`],
  ['no packet at all', '4'],
])('[B8] a packet that no client sends ends the connection: %s', async (_what, packet) => {
  const { url } = await startChat();
  const client = await joinRaw(url);
  client.send(packet);
  expect(endOf(await client.next('42["connection_ended"'))).toMatchObject({ reason: 'INVALID_PACKET' });
  await client.closed;
});

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

test.each([
  ['half a million brackets', nested(250_000)],
  ['brackets that are never closed', '['.repeat(500_000)],
  ['objects inside each other', `${'{"a":'.repeat(100_000)}0${'}'.repeat(100_000)}`],
  ['more values than the largest payload may have', `[${'0,'.repeat(262_144)}0]`],
  ['more objects than that', `[${'{},'.repeat(262_144)}0]`],
  ['one object with 10,000 names', `{${Array.from({ length: 10_000 }, (_, index) => `"${index}":0`)}}`],
])('[B8] what is far too complex is not parsed: %s', async (_what, payload) => {
  const { url } = await startChat();
  const client = await joinRaw(url);
  client.send(`42["send_message",${payload}]`);
  expect(endOf(await client.next('42["connection_ended"'))).toMatchObject({
    reason: 'PAYLOAD_TOO_LARGE',
    reconnect: false,
  });
  await client.closed;
});

test('[B8] brackets and commas inside texts are texts', async () => {
  const { url } = await startChat();
  const client = await join(url);
  for (const text of ['['.repeat(60_000), '{"'.repeat(30_000), '\\"[,'.repeat(15_000), '\\'.repeat(60_001)]) {
    expect(await client.ask('send_message', hello({ text }))).toMatchObject({ ok: true });
  }
});

test('[B8] what is larger than the event may be, but near it, is answered', async () => {
  const { url } = await startChat();
  const client = await join(url);
  const tooLarge = { ok: false, error: { code: 'PAYLOAD_TOO_LARGE' } };
  const numbers = Array.from({ length: 200_000 }, () => 7);
  for (const metadata of [
    { text: 'x'.repeat(1_400_000) },
    JSON.parse(nested(90)),
    { a: numbers, b: 'x'.repeat(99_999) },
  ]) {
    expect(await client.ask('send_message', hello({ metadata }))).toMatchObject(tooLarge);
  }
});

test('[B8] the largest text that is allowed is taken, however JSON writes it', async () => {
  const { url } = await startChat();
  const client = await join(url);
  const metadata = { zeros: '\0'.repeat(190_000) };
  expect(await client.ask('send_message', hello({ text: '\0'.repeat(65_536), metadata }))).toMatchObject({
    ok: true,
  });
});

test('[B8] a request of polling may hold some packets; one of hundreds of thousands ends its session', async () => {
  const { url } = await startChat();
  const calm = await connect(url);
  const polling = await openPolling(url);
  await polling.post('40');
  expect(await polling.poll()).toContain('connection_established');
  const packets = (count: number) => Array(count).fill('42["x"]').join('\x1e');
  await polling.post(packets(1_000));
  await expect.poll(polling.poll).toContain('UNKNOWN_EVENT');
  await polling.post(packets(190_000));
  await expect.poll(polling.poll).toMatch(/PAYLOAD_TOO_LARGE|Session ID unknown/);
  expect(await calm.ask('heartbeat')).toMatchObject({ ok: true });
});

test('[B8] packets that arrive at once are handled in turns, in their order, and none is refused', async () => {
  const { url } = await startChat({ maxRefusals: 1_000_000 });
  const client = await joinRaw(url);
  const other = await connect(url);
  const count = 5_000;
  for (let id = 0; id < count; id += 1) client.send(`42${id}["heartbeat"]`);
  await client.next(`43${count - 1}[`);
  const answered = client.received
    .flatMap((text) => /^43(\d+)\[\{"ok":true/.exec(text)?.[1] ?? [])
    .map(Number);
  expect(answered).toEqual(Array.from({ length: count }, (_, id) => id));
  expect(await other.ask('heartbeat')).toMatchObject({ ok: true });
});

test('[B8] whoever sends much at once does not keep others waiting until all of it is handled', async () => {
  const order: (string | undefined)[] = [];
  const { url } = await startChat({
    authenticate: ({ auth }) => ({ entityId: String(auth.name) }),
    authorize: ({ identity }) => order.push(identity?.entityId) > 0,
  });
  const flood = await openRaw(url);
  flood.send('40{"name":"flood"}');
  await flood.next('42["connection_established"');
  const other = await connect(url, { auth: { name: 'other' } });
  flood.send(...Array(5_000).fill('42["subscribe_logs"]'));
  await other.ask('subscribe_logs');
  expect(order.indexOf('other')).toBeLessThan(1_000);
  await expect.poll(() => order.length).toBe(5_001);
});

test('[B10] a client that connects many times over one connection asks the host once', async () => {
  let asked = 0;
  const { url } = await startChat({
    authenticate: () => {
      asked += 1;
      return new Promise(() => {});
    },
  });
  const client = await openRaw(url);
  client.send(...Array(1_000).fill('40{"token":"guess"}'));
  await client.closed;
  expect(asked).toBe(1);
});

test.each(['its own server', 'another namespace of its own first'])(
  '[B10] a page that connects twice meanwhile is connected once: %s',
  async (which) => {
    let release: (() => void) | undefined;
    const { url } = await startChat({
      authenticate: () =>
        new Promise((resolve) => {
          release = () => resolve({ entityId: 'ada' });
        }),
    });
    const client = await openRaw(url);
    if (which !== 'its own server') client.send('40/missing,');
    client.send('40', '40');
    await expect.poll(() => release).toBeDefined();
    release?.();
    await client.next('42["connection_established"');
    client.send('420["heartbeat"]');
    expect(await client.next('430[')).toContain('"ok":true');
    expect(client.received.filter((text) => text.startsWith('42["connection_established"'))).toHaveLength(1);
  },
);

test('[B10] a connection is closed after its credentials were refused', async () => {
  const { url } = await startChat({ authenticate: () => null });
  const client = await openRaw(url);
  client.send('40{"token":"guess"}');
  expect(await client.next('44')).toContain('UNAUTHENTICATED');
  await client.closed;
});

test('[B10] namespaces are not tried one after the other', async () => {
  const { url } = await startChat();
  const client = await openRaw(url);
  client.send(...Array.from({ length: 1_000 }, (_, index) => `40/${index},`));
  await client.closed;
  expect(client.received.filter((text) => text.startsWith('44')).length).toBeLessThan(11);
});

test('[B10] credentials have a size', async () => {
  const { url } = await startChat();
  const client = await openRaw(url);
  client.send(`40{"token":"${'x'.repeat(65_536)}"}`);
  await client.closed;
  expect(client.received.filter((text) => text.startsWith('40'))).toEqual([]);
});

test('[B8] a client may say goodbye to its namespace', async () => {
  const { url } = await startChat();
  const client = await join(url);
  await client.ask('leave_channel', { channelId: CHANNEL });
  client.socket.disconnect();
  const again = await join(url);
  expect(await again.ask('heartbeat')).toMatchObject({ ok: true });
});
