import { expect, test } from 'vitest';
import { ENGINE, SEPARATOR } from '../hostile/packets';
import { request } from '../hostile/raw-http';
import { RawWebSocket, UpgradeRefused } from '../hostile/raw-websocket';
import { encodeFrame, FrameReader, OPCODE } from '../hostile/websocket-frames';
import { describeEachPath } from './served';

const POLLING = '/socket.io/?EIO=4&transport=polling';
const WEBSOCKET = '/socket.io/?EIO=4&transport=websocket';

/** What the server says of a session that it opens. */
interface Opening {
  readonly sid: string;
  readonly upgrades: readonly string[];
}

describeEachPath('Engine.IO 4, packet by packet', (served) => {
  const get = (path: string) => request(served.target, { path });
  const post = (path: string, body: string) =>
    request(served.target, {
      ...{ method: 'POST', path, body },
      headers: { 'Content-Type': 'text/plain;charset=UTF-8' },
    });

  async function openByPolling(): Promise<Opening> {
    const response = await get(POLLING);
    expect(response?.status).toBe(200);
    expect(response?.headers['content-type']).toBe('text/plain; charset=UTF-8');
    expect(response?.body[0]).toBe(ENGINE.open);
    return JSON.parse(response?.body.slice(1) ?? '');
  }

  /** Connects a session to the main namespace, and takes what it is greeted with. */
  async function greet(path: string): Promise<void> {
    await post(path, '40');
    let greeting = '';
    while (!greeting.includes('connection_established')) greeting += (await get(path))?.body;
    expect(greeting).toMatch(/^40\{/);
  }

  /** A websocket with every text that came on it. */
  async function openWebsocket(path = WEBSOCKET) {
    const websocket = await RawWebSocket.open(served.target, path);
    const texts: string[] = [];
    websocket.onText = (text) => void texts.push(text);
    return { websocket, texts };
  }

  test('a session is opened by polling, with what the client has to know', async () => {
    expect(await openByPolling()).toEqual({
      sid: expect.stringMatching(/^[\w-]{20}$/),
      upgrades: ['websocket'],
      pingInterval: 25_000,
      pingTimeout: 20_000,
      maxPayload: expect.any(Number),
    });
  });

  test('a session is opened by a websocket, which has nothing to change to', async () => {
    const { texts } = await openWebsocket();
    await expect.poll(() => texts).toHaveLength(1);
    expect(texts[0]?.[0]).toBe(ENGINE.open);
    expect(JSON.parse(texts[0]?.slice(1) ?? '')).toMatchObject({ upgrades: [], pingInterval: 25_000 });
  });

  test.each([
    ['a transport that there is not', '/socket.io/?EIO=4&transport=pigeon', 0],
    ['a session that there is not', `${POLLING}&sid=nobody`, 1],
    ['another version of the protocol', '/socket.io/?EIO=3&transport=polling', 5],
  ])('%s is refused with its code', async (_what, path, code) => {
    const response = await get(path);
    expect(response?.status).toBe(400);
    expect(response?.body).toContain(`"code":${code},`);
  });

  test('a session is not opened by POST', async () => {
    const response = await post(POLLING, '40');
    expect(response?.body).toContain('"code":2,');
  });

  test('another version of the protocol is refused before its websocket opens', async () => {
    const opening = RawWebSocket.open(served.target, WEBSOCKET.replace('EIO=4', 'EIO=3'));
    await expect(opening).rejects.toBeInstanceOf(UpgradeRefused);
  });

  test('packets of one payload are taken in their order, and answered in one', async () => {
    const { sid } = await openByPolling();
    const path = `${POLLING}&sid=${sid}`;
    await greet(path);
    const packets = ['421["heartbeat"]', '422["heartbeat"]', '423["heartbeat"]'];
    expect(await post(path, packets.join(SEPARATOR))).toMatchObject({ status: 200, body: 'ok' });
    const answers = (await get(path))?.body.split(SEPARATOR).map((packet) => packet.slice(0, 4));
    expect(answers).toEqual(['431[', '432[', '433[']);
  });

  test('polling changes to a websocket: probe, answer, and what waits is told that nothing comes here any more', async () => {
    const { sid } = await openByPolling();
    const path = `${POLLING}&sid=${sid}`;
    await greet(path);
    const waiting = get(path);
    const { websocket, texts } = await openWebsocket(`${WEBSOCKET}&sid=${sid}`);
    await websocket.sendText('2probe');
    await expect.poll(() => texts).toEqual(['3probe']);
    expect((await waiting)?.body).toBe(ENGINE.noop);
    await websocket.sendText(ENGINE.upgrade);
    await websocket.sendText('427["heartbeat"]');
    await expect.poll(() => texts.at(-1)).toMatch(/^437\[\{"ok":true/);
    expect(texts).toHaveLength(2);
  });

  test('a client that closes its session has closed it', async () => {
    const { sid } = await openByPolling();
    const path = `${POLLING}&sid=${sid}`;
    const waiting = get(path);
    expect((await post(path, ENGINE.close))?.status).toBe(200);
    expect((await waiting)?.body).toBe(ENGINE.noop);
    expect((await get(path))?.body).toContain('"code":1,');
  });

  test('a message that comes in several frames is one message', async () => {
    const { websocket, texts } = await openWebsocket();
    await websocket.sendText('40');
    await expect.poll(() => texts.at(-1)).toContain('connection_established');
    await websocket.sendFrame(OPCODE.text, '429["heart', { fin: false });
    await websocket.sendFrame(OPCODE.ping, 'between');
    await websocket.sendFrame(OPCODE.continuation, 'beat"]');
    await expect.poll(() => texts.at(-1)).toMatch(/^439\[\{"ok":true/);
  });

  test('a client that closes in the turn in which it asks is sent nothing behind the close frame', async () => {
    const { websocket, texts } = await openWebsocket();
    await websocket.sendText('40');
    await expect.poll(() => texts.at(-1)).toContain('connection_established');
    const reader = new FrameReader();
    const opcodes: number[] = [];
    websocket.tcp.on('data', (bytes: Buffer) =>
      opcodes.push(...reader.push(bytes).map((frame) => frame.opcode)),
    );
    const asked = encodeFrame(OPCODE.text, '421["heartbeat"]');
    websocket.tcp.write(Buffer.concat([asked, encodeFrame(OPCODE.close, Buffer.from([0x03, 0xe8]))]));
    expect(await websocket.ended).toEqual({ code: 1000 });
    expect(opcodes.at(-1)).toBe(OPCODE.close);
  });

  test.each([
    ['a packet of no type', '9'],
    ['a ping, which only servers send', '2'],
    ['a packet of a newer kind', 'x'],
  ])('%s ends the connection', async (_what, packet) => {
    const { websocket } = await openWebsocket();
    await websocket.sendText('40');
    await websocket.sendText(packet);
    await websocket.ended;
  });

  test('a message over the limit ends a websocket with its code, and is refused by polling with its status', async () => {
    const { sid, maxPayload } = (await openByPolling()) as Opening & { maxPayload: number };
    const large = `4${'x'.repeat(maxPayload)}`;
    expect((await post(`${POLLING}&sid=${sid}`, large))?.status ?? 413).toBe(413);
    const { websocket } = await openWebsocket();
    await websocket.sendText(large);
    expect(await websocket.ended).toEqual({ code: 1009 });
  });
});
