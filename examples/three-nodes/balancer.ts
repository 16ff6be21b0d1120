import { createServer, type IncomingMessage, request as requestOf, type Server } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

const HOST = '127.0.0.1';
/** A session of Socket.IO in a request, and in the answer that opens one. */
const IN_REQUEST = /[?&]sid=([\w-]+)/;
const IN_ANSWER = /"sid":"([\w-]+)"/;
const MAX_SESSIONS = 10_000;

/**
 * A load balancer for this machine: the next node that is ready gets a new client, and all that it asks afterwards, as long
 * polling needs. In production nginx, HAProxy or the cloud's own does that.
 */
export function createBalancer(readyPorts: () => readonly number[]): Server {
  const sessions = new Map<string, number>();
  let turn = 0;

  const remember = (text: string, port: number) => {
    const session = IN_ANSWER.exec(text)?.[1];
    if (session === undefined) return;
    sessions.set(session, port);
    const [oldest] = sessions.keys();
    if (sessions.size > MAX_SESSIONS && oldest !== undefined) sessions.delete(oldest);
  };

  const portFor = ({ url = '' }: IncomingMessage): number | undefined => {
    const known = sessions.get(IN_REQUEST.exec(url)?.[1] ?? '');
    if (known !== undefined) return known;
    const ports = readyPorts();
    turn += 1;
    return ports[turn % ports.length];
  };

  const headersOf = ({ headers, socket }: IncomingMessage) => ({
    ...headers,
    'x-forwarded-for': socket.remoteAddress ?? '',
  });

  const balancer = createServer((request, response) => {
    const { url: path = '', method } = request;
    const port = portFor(request);
    if (port === undefined) {
      response.writeHead(503).end('No node is ready.\n');
      return;
    }
    const passed = requestOf({ host: HOST, port, method, path, headers: headersOf(request) }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      if (!IN_REQUEST.test(path)) answer.once('data', (chunk) => remember(String(chunk), port));
      answer.pipe(response);
    });
    passed.once('error', () => response.destroy());
    response.once('close', () => passed.destroy());
    request.pipe(passed);
  });

  balancer.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const port = portFor(request);
    const node = port === undefined ? undefined : connect(port, HOST);
    socket.on('error', () => node?.destroy()).on('close', () => node?.destroy());
    if (!node) {
      socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
      return;
    }
    node.on('error', () => socket.destroy()).on('close', () => socket.destroy());
    const headers = Object.entries(headersOf(request)).map(([name, value]) => `${name}: ${value}`);
    node.write([`GET ${request.url} HTTP/1.1`, ...headers, '', ''].join('\r\n'));
    node.write(head);
    socket.pipe(node).pipe(socket);
  });
  return balancer;
}
