import { expect, test } from 'vitest';
import { RawWebSocket } from '../hostile/raw-websocket';
import { OPCODE } from '../hostile/websocket-frames';
import { describeEachPath } from './served';

const PATH = '/socket.io/?EIO=4&transport=websocket';

describeEachPath('Socket.IO 5, packet by packet', (served) => {
  /** A websocket with every message of Socket.IO that came on it. */
  async function open() {
    const websocket = await RawWebSocket.open(served.target, PATH);
    const packets: string[] = [];
    const opening: string[] = [];
    websocket.onText = (text) => void (text.startsWith('4') ? packets : opening).push(text.slice(1));
    await expect.poll(() => opening).toHaveLength(1);
    const { sid }: { sid: string } = JSON.parse(opening[0] ?? '');
    return { websocket, packets, sid, send: (packet: string) => websocket.sendText(`4${packet}`) };
  }

  async function connect() {
    const session = await open();
    await session.send('0');
    await expect.poll(() => session.packets).toHaveLength(2);
    return session;
  }

  test('a namespace is connected to, and names its socket, which is not the session', async () => {
    const { packets, sid } = await connect();
    expect(packets[0]).toMatch(/^0\{"sid":"[\w-]{20}"\}$/);
    expect(packets[0]).not.toContain(sid);
    expect(packets[1]).toMatch(/^2\["connection_established",\{/);
  });

  test('a namespace that there is not is refused by its name, and the session goes on', async () => {
    const { packets, send } = await connect();
    await send('0/admin,');
    await expect.poll(() => packets.at(-1)).toBe('4/admin,{"message":"Invalid namespace"}');
    await send('21["heartbeat"]');
    await expect.poll(() => packets.at(-1)).toMatch(/^31\[/);
  });

  test.each(['0', '1', '12', '999999999'])('an event with the id %s is acknowledged with it', async (id) => {
    const { packets, send } = await connect();
    await send(`2${id}["heartbeat"]`);
    await expect.poll(() => packets.at(-1)).toMatch(new RegExp(`^3${id}\\[\\{"ok":true`));
  });

  test('an event without an id is not acknowledged', async () => {
    const { packets, send } = await connect();
    await send('2["heartbeat"]');
    await send('25["heartbeat"]');
    await expect.poll(() => packets.at(-1)).toMatch(/^35\[/);
    expect(packets).toHaveLength(3);
  });

  test('events are answered in the order in which they came', async () => {
    const { packets, send } = await connect();
    const ids = Array.from({ length: 50 }, (_, id) => id);
    await Promise.all(ids.map((id) => send(`2${id}["heartbeat"]`)));
    await expect.poll(() => packets).toHaveLength(52);
    expect(packets.slice(2).map((packet) => packet.slice(0, packet.indexOf('[')))).toEqual(
      ids.map((id) => `3${id}`),
    );
  });

  test('who disconnects from the namespace is not heard in it any more, and may connect anew by a new session', async () => {
    const { packets, send } = await connect();
    await send('1');
    await send('21["heartbeat"]');
    const other = await connect();
    await other.send('21["heartbeat"]');
    await expect.poll(() => other.packets.at(-1)).toMatch(/^31\[/);
    expect(packets).toHaveLength(2);
  });

  test('an event before the namespace is connected to ends the connection', async () => {
    const { websocket, send } = await open();
    await send('2["heartbeat"]');
    await websocket.ended;
  });

  test.each([
    ['without a list', '2{"a":1}'],
    ['that is no JSON', '2["heartbeat"'],
    ['without a name', '2[]'],
    ['with a name that is no text', '2[{}]'],
    ['of a type that there is not', '9["heartbeat"]'],
    ['that connects with what is no object', '0["token"]'],
    ['that acknowledges what nobody asked', '31[]'],
    ['that announces binary data', '51-["heartbeat",{"_placeholder":true,"num":0}]'],
  ])('a packet %s ends the connection', async (_what, packet) => {
    const { websocket, send } = await connect();
    await send(packet);
    await websocket.ended;
  });

  test('binary data ends the connection: no event of the contract has any', async () => {
    const { websocket } = await connect();
    await websocket.sendFrame(OPCODE.binary, Buffer.from([1, 2, 3]));
    await websocket.ended;
  });
});
