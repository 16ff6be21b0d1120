import { connect as connectTcp, type Socket as TcpSocket } from 'node:net';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';

/** A websocket that speaks Engine.IO's packets as they are written. */
export interface RawClient {
  readonly socket: WebSocket;
  /** Every text so far. */
  readonly received: string[];
  send(...packets: (string | Buffer)[]): void;
  /** Resolves with the first text that starts so. */
  next(prefix: string): Promise<string>;
  /** Resolves with the close code once the connection has ended. */
  readonly closed: Promise<number>;
}

/** Opens a websocket to a Socket.IO endpoint without joining a namespace. */
export async function openRaw(
  url: string,
  headers: Record<string, string> = {},
  path = '/socket.io/',
): Promise<RawClient> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}${path}?EIO=4&transport=websocket`, { headers });
  onTestFinished(() => socket.terminate());
  const received: string[] = [];
  const waiting = new Set<(text: string) => void>();
  socket.on('message', (data) => {
    const text = String(data);
    received.push(text);
    for (const check of waiting) check(text);
  });
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.on('error', () => undefined);
  return {
    socket,
    received,
    closed,
    send: (...packets) => {
      for (const packet of packets) socket.send(packet);
    },
    next: (prefix) =>
      new Promise((resolve) => {
        const check = (text: string) => {
          if (!text.startsWith(prefix)) return;
          waiting.delete(check);
          resolve(text);
        };
        waiting.add(check);
        const found = received.find((text) => text.startsWith(prefix));
        if (found !== undefined) check(found);
      }),
  };
}

/** A raw client that has been let into the main namespace. */
export async function joinRaw(url: string, headers: Record<string, string> = {}): Promise<RawClient> {
  const client = await openRaw(url, headers);
  client.send('40');
  await client.next('42["connection_established"');
  return client;
}

/** A TCP connection that has said `text`. */
export interface TcpClient {
  readonly socket: TcpSocket;
  received(): string;
  /** Resolves when the server has closed its end. */
  readonly ended: Promise<void>;
}

/** Says something to a server over TCP, and keeps its own half open whatever the server does. */
export function openTcp(url: string, text = ''): TcpClient {
  const socket = connectTcp({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen: true });
  onTestFinished(() => void socket.destroy());
  let received = '';
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    received += String(chunk);
  });
  if (text) socket.write(text);
  const ended = new Promise<void>((resolve) => {
    socket.once('end', resolve);
    socket.once('close', () => resolve());
  });
  return { socket, received: () => received, ended };
}

/** The head of an HTTP request to upgrade to a websocket. */
export const upgradeHead = (path: string) =>
  [
    `GET ${path} HTTP/1.1`,
    'Host: localhost',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    '\r\n',
  ].join('\r\n');

/** A session of long polling: its id. */
export async function openPolling(url: string, headers: Record<string, string> = {}) {
  const endpoint = `${url}/socket.io/?EIO=4&transport=polling`;
  const response = await fetch(endpoint, { headers });
  const text = await response.text();
  const sid = response.ok ? String(JSON.parse(text.slice(1)).sid) : '';
  const session = `${endpoint}&sid=${sid}`;
  return {
    response,
    session,
    text,
    poll: async () => (await fetch(session)).text(),
    post: (body: string) => fetch(session, { method: 'POST', body }),
  };
}
