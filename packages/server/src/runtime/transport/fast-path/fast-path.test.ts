import { createServer } from 'node:http';
import { Socket as TcpSocket } from 'node:net';
import { Server, type Socket } from 'socket.io';
import { type Socket as ClientSocket, io as connect, type ManagerOptions } from 'socket.io-client';
import { Decoder } from 'socket.io-parser';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { listen } from '../../test-client';
import { PacketEncoder } from '../packet-encoder';
import { writeDirectly } from './direct-writes';
import { createTurnAdapter } from './turn-adapter';
import { createTurnEngine } from './turn-engine';

const MAX_HELD = 64 * 1024;
const FAST = {
  parser: { Encoder: PacketEncoder, Decoder },
  wsEngine: createTurnEngine(MAX_HELD),
  adapter: createTurnAdapter(new PacketEncoder()),
};

let io: Server;
let url: string;
let clients: ClientSocket[];

beforeEach(() => {
  clients = [];
});

afterEach(async () => {
  for (const client of clients) client.close();
  await io.close();
});

async function start(options: object): Promise<void> {
  const httpServer = createServer();
  io = new Server(httpServer, options);
  if (options === FAST) io.engine.on('connection', writeDirectly);
  url = await listen(httpServer);
}

/** A client and its socket on the server, in `room`, with everything that it hears. */
async function join(room: string, options: Partial<ManagerOptions> = { transports: ['websocket'] }) {
  const taken = new Promise<Socket>((resolve) => io.once('connection', resolve));
  const client = connect(url, { forceNew: true, reconnection: false, ...options });
  clients.push(client);
  const heard: unknown[][] = [];
  client.onAny((...event: unknown[]) => heard.push(event));
  const socket = await taken;
  await socket.join(room);
  return { client, socket, heard };
}

const heardBy = (heard: unknown[][]) => heard.map(([event, payload]) => `${event} ${payload}`);

describe.each([
  ['with the fast path', FAST],
  ['with Socket.IO as it comes', {}],
])('%s', (_name, options) => {
  beforeEach(() => start(options));

  test('what is sent in one turn arrives in the order in which it was sent, to one and to many', async () => {
    const [one, other] = [await join('room'), await join('room')];
    for (let number = 0; number < 20; number += 1) {
      io.to('room').emit('all', number);
      one.socket.emit('you', number);
      one.socket.to('room').emit('others', number);
    }
    io.to('room').emit('end', 0);
    const numbers = Array.from({ length: 20 }, (_, number) => number);
    const forOne = numbers.flatMap((number) => [`all ${number}`, `you ${number}`]);
    const forOther = numbers.flatMap((number) => [`all ${number}`, `others ${number}`]);
    await expect.poll(() => heardBy(one.heard)).toEqual([...forOne, 'end 0']);
    await expect.poll(() => heardBy(other.heard)).toEqual([...forOther, 'end 0']);
  });

  test('who is excepted, by a room or by itself, hears nothing; who is in several rooms hears it once', async () => {
    const [one, other, third] = [await join('room'), await join('room'), await join('room')];
    await third.socket.join('quiet');
    await other.socket.join('second');
    io.to('room').except('quiet').emit('loud', 1);
    io.to('room').except(one.socket.id).emit('not one', 2);
    io.to('room').to('second').emit('both', 3);
    io.emit('end', 4);
    await expect.poll(() => heardBy(one.heard)).toEqual(['loud 1', 'both 3', 'end 4']);
    await expect.poll(() => heardBy(other.heard)).toEqual(['loud 1', 'not one 2', 'both 3', 'end 4']);
    await expect.poll(() => heardBy(third.heard)).toEqual(['not one 2', 'both 3', 'end 4']);
  });

  test('members that poll, and that change to a websocket meanwhile, get the same', async () => {
    const polling = await join('room', { transports: ['polling'] });
    const upgrading = await join('room', { transports: ['polling', 'websocket'] });
    const fast = await join('room');
    let sent = 0;
    const expected: string[] = [];
    const say = () => {
      io.to('room').emit('said', sent);
      expected.push(`said ${sent}`);
      sent += 1;
    };
    const transport = () => {
      say();
      say();
      return upgrading.client.io.engine.transport.name;
    };
    await expect.poll(transport, { interval: 1 }).toBe('websocket');
    say();
    for (const { heard } of [polling, upgrading, fast]) {
      await expect.poll(() => heardBy(heard)).toEqual(expected);
    }
  });

  test('a broadcast that asks to be acknowledged is answered by everybody', async () => {
    const members = [await join('room'), await join('room')];
    for (const [index, { client }] of members.entries()) {
      client.on('ask', (_question: string, answer: (value: number) => void) => answer(index));
    }
    const answers: number[] = await io.to('room').timeout(5_000).emitWithAck('ask', 'who');
    expect(answers.sort()).toEqual([0, 1]);
  });

  test('a volatile event arrives where nothing waits', async () => {
    const { heard } = await join('room');
    io.to('room').volatile.emit('volatile', 1);
    await expect.poll(() => heardBy(heard)).toEqual(['volatile 1']);
  });

  test('a member that is disconnected in the turn in which it is sent to gets what came before', async () => {
    const { client, socket, heard } = await join('room');
    const ended = new Promise<string>((resolve) => client.on('disconnect', resolve));
    io.to('room').emit('last', 1);
    socket.disconnect(true);
    io.to('room').emit('late', 2);
    expect(await ended).toBe('io server disconnect');
    expect(heardBy(heard)).toEqual(['last 1']);
  });

  test('a large message, and what comes after it, arrives whole', async () => {
    const { heard } = await join('room');
    const text = 'ä'.repeat(400_000);
    io.to('room').emit('large', text);
    io.to('room').emit('small', 'x');
    await expect.poll(() => heard.length).toBe(2);
    expect(heard[0]).toEqual(['large', text]);
    expect(heard[1]).toEqual(['small', 'x']);
  });
});

describe('with the fast path', () => {
  beforeEach(() => start(FAST));

  test('all that a member gets in one turn leaves in one write', async () => {
    const members = [await join('room'), await join('room'), await join('room')];
    const write = vi.spyOn(TcpSocket.prototype, 'write');
    for (let number = 0; number < 10; number += 1) {
      io.to('room').emit('all', number);
      members[0]?.socket.emit('you', number);
    }
    await new Promise((resolve) => setImmediate(resolve));
    const byServer = write.mock.calls.filter(([bytes]) => String(bytes).includes('all'));
    write.mockRestore();
    expect(byServer).toHaveLength(members.length);
    await expect.poll(() => members.map(({ heard }) => heard.length)).toEqual([20, 10, 10]);
  });

  test('what is sent, and what is acknowledged, does not go through the queue of Engine.IO', async () => {
    const { client, socket, heard } = await join('room');
    const queued: unknown[] = [];
    socket.conn.on('packetCreate', (packet) => queued.push(packet));
    socket.on('ask', (answer: (value: string) => void) => answer('yes'));
    socket.emit('you', 1);
    expect(await client.emitWithAck('ask')).toBe('yes');
    expect(heardBy(heard)).toEqual(['you 1']);
    expect(queued).toEqual([]);
  });

  test('while a member takes nothing more, what is sent to it waits in the queue of Engine.IO', async () => {
    const { socket, heard } = await join('room');
    const queued: unknown[] = [];
    socket.conn.on('packetCreate', (packet) => queued.push(packet));
    socket.emit('much', 'x'.repeat(2 * MAX_HELD));
    socket.emit('more', 'y');
    expect(queued).toHaveLength(1);
    await expect.poll(() => heard.map(([event]) => event)).toEqual(['much', 'more']);
  });

  test('what nobody in a room is told is not encoded', async () => {
    const { socket, heard } = await join('room');
    const encode = vi.spyOn(PacketEncoder.prototype, 'encode');
    socket.to('room').emit('others', 1);
    io.to('nobody').emit('others', 2);
    expect(encode).not.toHaveBeenCalled();
    io.to('room').emit('all', 3);
    expect(encode).toHaveBeenCalledTimes(1);
    encode.mockRestore();
    await expect.poll(() => heardBy(heard)).toEqual(['all 3']);
  });

  test('members that get the same get the same bytes', async () => {
    await join('room');
    await join('room');
    // What greets them is written in the turn in which they come.
    await new Promise((resolve) => setImmediate(resolve));
    const write = vi.spyOn(TcpSocket.prototype, 'write');
    io.to('room').emit('all', 1);
    io.to('room').emit('all', 2);
    await new Promise((resolve) => setImmediate(resolve));
    const written = write.mock.calls.map(([bytes]) => bytes).filter((bytes) => String(bytes).includes('all'));
    write.mockRestore();
    expect(written).toHaveLength(2);
    expect(written[0]).toBe(written[1]);
  });

  test('a member that reads nothing holds back Engine.IO, and not only the operating system', async () => {
    const { client, socket } = await join('room');
    const { heard } = await join('room');
    const stream = client.io.engine.transport as unknown as { ws: { _socket: TcpSocket } };
    stream.ws._socket.pause();
    const text = 'x'.repeat(100_000);
    let sent = 0;
    while (socket.conn.transport.writable && sent < 1_000) {
      io.to('room').emit('much', text);
      sent += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(socket.conn.transport.writable).toBe(false);
    stream.ws._socket.resume();
    io.to('room').emit('end', 'x');
    await expect.poll(() => heard.length).toBe(sent + 1);
    await expect.poll(() => socket.conn.transport.writable).toBe(true);
  });
});
