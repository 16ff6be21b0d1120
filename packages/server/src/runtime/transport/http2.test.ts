import { once } from 'node:events';
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  createServer,
  type Http2Server,
  type OutgoingHttpHeaders,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { Server } from 'socket.io';
import { expect, onTestFinished, test } from 'vitest';
import { CHANNEL } from '../../chat/test-chat';
import { attachChatServer, type ChatServerOptions } from '../../index';

const POLLING = '/socket.io/?EIO=4&transport=polling';
const MAX_WAITING = 1024 * 1024;
const TOPIC = 'x'.repeat(65_536);

/** What the chat is attached to: the http2 server, or a Socket.IO server there. */
type ToHost = (httpServer: Http2Server) => Http2Server | Server;
const toServer: ToHost = (httpServer) => httpServer;
const toSocketIo: ToHost = (httpServer) => new Server(httpServer);

/** A chat on an http2 server, a client's session with it, and why connections have ended. */
async function startHttp2(toHost: ToHost, options: ChatServerOptions = {}) {
  const reasons: string[] = [];
  const write = (line: string) => {
    const { msg, reason } = JSON.parse(line);
    if (msg === 'disconnected') reasons.push(reason);
  };
  const httpServer = createServer((_request, response) => void response.end('mine'));
  const chat = attachChatServer(toHost(httpServer), {
    logger: pino({ level: 'debug' }, { write }),
    rateLimit: false,
    ...options,
  });
  httpServer.listen(0, '127.0.0.1');
  await once(httpServer, 'listening');
  const url = `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`;
  const session = connect(url);
  onTestFinished(async () => {
    session.destroy();
    await chat.close();
    httpServer.close();
  });
  return { chat, session, url, reasons };
}

async function readAll(stream: ClientHttp2Stream): Promise<string> {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) text += chunk;
  return text;
}

/** Asks for something, and reads the whole answer. */
const ask = (session: ClientHttp2Session, headers: OutgoingHttpHeaders, body?: string) =>
  readAll(session.request(headers).end(body));

/** The path of a session of long polling in the channel, that is not being polled; `undefined` where it is refused. */
async function joinPolling(session: ClientHttp2Session, headers: OutgoingHttpHeaders = {}) {
  const opened = await ask(session, { ':path': POLLING, ...headers });
  if (!opened.startsWith('0')) return undefined;
  const path = `${POLLING}&sid=${JSON.parse(opened.slice(1)).sid}`;
  const post = (body: string) => ask(session, { ':method': 'POST', ':path': path, ...headers }, body);
  const poll = () => ask(session, { ':path': path, ...headers });
  await post('40');
  if ((await poll()).startsWith('44')) return undefined;
  await post(`420["join_channel",{"channelId":"${CHANNEL}"}]`);
  let received = '';
  while (!received.includes('"channel_joined"')) received += await poll();
  return path;
}

test.each([
  ['an http2 server', toServer],
  ['a Socket.IO server of the host’s', toSocketIo],
])(
  '[CONN-13] [A4] over HTTP/2 a page of the server’s own origin is let in, on %s',
  async (_where, toHost) => {
    const { session, url } = await startHttp2(toHost, { authenticate: () => ({ entityId: 'ada' }) });
    expect(await joinPolling(session, { origin: url })).toContain(POLLING);
    expect(await joinPolling(session, { origin: 'https://evil.example' })).toBeUndefined();
    expect(await ask(session, { ':path': '/' })).toBe('mine');
  },
);

test.each([
  ['an http2 server', toServer],
  ['a Socket.IO server of the host’s', toSocketIo],
])('[CONN-14] [B7] responses over HTTP/2 that nobody reads count, on %s', async (_where, toHost) => {
  const { chat, session, reasons } = await startHttp2(toHost, { maxWaitingBytes: MAX_WAITING });
  const path = await joinPolling(session);
  let bytes = 0;
  while (reasons.length === 0 && bytes < 4 * MAX_WAITING) {
    const payload = { channelId: CHANNEL, updates: { topic: TOPIC }, epoch: 'e', seq: 1 };
    chat.to(CHANNEL).emit('channelUpdated', payload);
    bytes += TOPIC.length;
    const response = session.request({ ':path': path });
    response.on('error', () => undefined);
    await once(response, 'response');
  }
  expect(reasons).toEqual(['SLOW_READER']);
  expect(bytes).toBeLessThan(2 * MAX_WAITING);
});
