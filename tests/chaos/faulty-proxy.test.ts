import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { FaultyProxy } from './faulty-proxy';
import { UpgradeTrap } from './upgrade-trap';

/** Something that answers every byte with the same, behind a proxy, and a connection to it. */
async function startEcho() {
  const server = createServer((socket) => socket.on('error', () => undefined).pipe(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const onDropped = vi.fn();
  const proxy = new FaultyProxy(() => (typeof address === 'object' ? (address?.port ?? 0) : 0), onDropped);
  const url = new URL(await proxy.listen());
  onTestFinished(async () => {
    await proxy.close();
    server.close();
  });
  return { proxy, onDropped, open: () => openSocket(Number(url.port)) };
}

function openSocket(port: number) {
  const socket: Socket = connect(port, '127.0.0.1').setEncoding('utf8');
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  return { socket, ended, received: () => text };
}

const isReceived = (peer: { received: () => string }, text: string) =>
  expect.poll(() => peer.received()).toBe(text);

test('it passes bytes on, both ways', async () => {
  const { open } = await startEcho();
  const peer = open();
  peer.socket.write('hello');
  await isReceived(peer, 'hello');
});

test('cut ends what is connected; what connects later works', async () => {
  const { proxy, open } = await startEcho();
  const peer = open();
  peer.socket.write('a');
  await isReceived(peer, 'a');
  proxy.cut();
  await peer.ended;
  const later = open();
  later.socket.write('b');
  await isReceived(later, 'b');
  expect(proxy.ended).toBe(1);
});

test('a cut in a packet passes half of it', async () => {
  const { proxy, open } = await startEcho();
  const peer = open();
  proxy.cutInPacket('toClient');
  peer.socket.write('12345678');
  await peer.ended;
  expect(peer.received()).toBe('1234');
});

test.each([0, 1, 2])(
  'a cut in an upgrade comes after %i answers, and takes the other connections along',
  async (answers) => {
    const { proxy, open } = await startEcho();
    const other = open();
    other.socket.write('a');
    await isReceived(other, 'a');
    proxy.set(new UpgradeTrap(answers));
    const peer = open();
    const head = 'GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n';
    peer.socket.write(head);
    // The echo answers each chunk with one; the last that is answered is not passed on any more.
    for (let answer = 1; answer < answers; answer += 1) {
      await isReceived(peer, head.repeat(answer));
      peer.socket.write(head);
    }
    await Promise.all([peer.ended, other.ended]);
    expect(peer.received()).toBe(head.repeat(Math.max(0, answers - 1)));
    expect(proxy.sprung).toBe(1);
  },
);

test('what is dropped is gone, and nothing comes after it', async () => {
  const { proxy, onDropped, open } = await startEcho();
  const peer = open();
  proxy.drop('toClient');
  peer.socket.write('lost');
  await expect.poll(() => onDropped).toHaveBeenCalled();
  proxy.heal();
  await peer.ended;
  expect(peer.received()).toBe('');
});

test.each(['toServer', 'toClient'] as const)(
  'a stall %s holds bytes back and loses none',
  async (direction) => {
    const { proxy, open } = await startEcho();
    const peer = open();
    peer.socket.write('a');
    await isReceived(peer, 'a');
    proxy.stall([direction]);
    peer.socket.write('b');
    const other = open();
    other.socket.write('c');
    await once(other.socket, 'connect');
    expect(peer.received() + other.received()).toBe('a');
    proxy.heal();
    await Promise.all([isReceived(peer, 'ab'), isReceived(other, 'c')]);
  },
);

test('what had waited for a client that did not read is counted when it reads again', async () => {
  const { proxy, open } = await startEcho();
  const peer = open();
  peer.socket.write('a');
  await isReceived(peer, 'a');
  expect(proxy.longestBacklog).toBe(0);
  proxy.stall(['toClient']);
  peer.socket.write('b');
  proxy.heal();
  await isReceived(peer, 'ab');
  expect(proxy.longestBacklog).toBe(1);
});

test('while it refuses, nobody is connected', async () => {
  const { proxy, open } = await startEcho();
  proxy.refuse();
  await open().ended;
  proxy.heal();
  const later = open();
  later.socket.write('d');
  await isReceived(later, 'd');
});
