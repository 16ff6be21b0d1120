import { createServer } from 'node:http';
import pino from 'pino';
import { Server } from 'socket.io';
import { expect, onTestFinished, test } from 'vitest';
import { listen, record, silent, startChat } from '../../chat/test-chat';
import { attachChatServer, type ChatServerOptions } from '../../index';
import { openPolling } from './test-wire';

const APP = 'https://app.example';
const EVIL = 'https://evil.example';
const authenticate = () => ({ entityId: 'ada' });

/** What becomes of a client that sends these headers: `connected`, or why not. */
function connectFrom(url: string, transport: string, extraHeaders: Record<string, string>): Promise<string> {
  const { socket } = record(url, { transports: [transport], extraHeaders });
  return new Promise((resolve) => {
    socket.once('connection_established', () => resolve('connected'));
    socket.once('connect_error', (error) => resolve(String(Object(error).data?.code ?? 'refused')));
  });
}

const bothTransports = async (url: string, headers: Record<string, string>) => [
  await connectFrom(url, 'websocket', headers),
  await connectFrom(url, 'polling', headers),
];

test.each<[string, ChatServerOptions]>([
  ['where origins are named', { corsOrigin: [APP] }],
  ['where the host authenticates', { authenticate }],
  ['where neither the server’s own nor another is meant', { corsOrigin: false }],
])('[CONN-13] [A4] a page of another origin is refused on every transport %s', async (_where, options) => {
  const { url } = await startChat(options);
  expect(await bothTransports(url, { origin: EVIL, cookie: 'session=ada' })).toEqual(['refused', 'refused']);
  expect(await bothTransports(url, { origin: 'null' })).toEqual(['refused', 'refused']);
});

test.each([
  ['as it is written', { origin: 'https://chat.example', host: 'chat.example' }],
  ['with a port', { origin: 'http://chat.example:8080', host: 'Chat.example:8080' }],
  ['with the default port written out', { origin: 'https://chat.example', host: 'chat.example:443' }],
])('[CONN-13] [A4] a page of the server’s own origin connects: %s', async (_how, headers) => {
  const { url } = await startChat({ authenticate });
  expect(await connectFrom(url, 'websocket', headers)).toBe('connected');
  expect(await connectFrom(url, 'websocket', { ...headers, host: 'other.example' })).toBe('refused');
  expect(await connectFrom(url, 'polling', { origin: url })).toBe('connected');
});

test.each<[string, ChatServerOptions, Record<string, string>]>([
  [
    'its own by a trusted proxy',
    { authenticate, trustProxy: 1 },
    { origin: APP, 'x-forwarded-host': 'app.example' },
  ],
  ['one that is named', { corsOrigin: APP }, { origin: APP }],
  ['one of several', { corsOrigin: [/\.example$/g, 'http://localhost:5173'] }, { origin: APP }],
  ['any', { corsOrigin: true, authenticate }, { origin: EVIL }],
  ['any by a star', { corsOrigin: '*', authenticate }, { origin: EVIL }],
  ['none: no browser', { corsOrigin: APP, authenticate }, {}],
])('[CONN-13] [A4] a page of an allowed origin connects: %s', async (_which, options, headers) => {
  const { url } = await startChat(options);
  expect(await bothTransports(url, headers)).toEqual(['connected', 'connected']);
});

test('[CONN-13] [A4] what a proxy says that is not trusted makes no origin the server’s own', async () => {
  const { url } = await startChat({ authenticate });
  const headers = { origin: EVIL, 'x-forwarded-host': 'evil.example' };
  expect(await bothTransports(url, headers)).toEqual(['refused', 'refused']);
});

test.each<[string, unknown, ChatServerOptions, string]>([
  ['an origin that nobody named', undefined, { authenticate }, 'FORBIDDEN'],
  ['one that only `corsOrigin` names', undefined, { authenticate, corsOrigin: EVIL }, 'connected'],
  ['one that the host’s `cors` names', EVIL, { authenticate }, 'connected'],
  ['another than the host’s `cors` names', APP, { authenticate }, 'FORBIDDEN'],
])('[CONN-13] [A4] on a Socket.IO server of the host’s, %s', async (_what, origin, options, outcome) => {
  const httpServer = createServer();
  const io = new Server(httpServer, origin === undefined ? {} : { cors: { origin: String(origin) } });
  onTestFinished(() => void io.close());
  attachChatServer(io, { logger: silent, rateLimit: false, ...options });
  const url = await listen(httpServer);
  expect(await connectFrom(url, 'websocket', { origin: EVIL })).toBe(outcome);
});

test('[H1] the refused origin is in the log once, with the option to set', async () => {
  const lines: string[] = [];
  const logger = pino({ level: 'warn' }, { write: (line) => void lines.push(line) });
  const { url } = await startChat({ logger, authenticate });
  for (let attempt = 0; attempt < 3; attempt += 1) await bothTransports(url, { origin: EVIL });
  const told = lines.filter((line) => line.includes(EVIL));
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('corsOrigin: [\\"https://evil.example\\"]');
});

test('[H1] a page that only its browser keeps from polling is in the log, too', async () => {
  const lines: string[] = [];
  const logger = pino({ level: 'warn' }, { write: (line) => void lines.push(line) });
  const { url } = await startChat({ logger });
  await openPolling(url, { origin: 'http://localhost:5173' });
  expect(lines.filter((line) => line.includes('corsOrigin: [\\"http://localhost:5173\\"]'))).toHaveLength(1);
});

test.each<[string, ChatServerOptions['corsOrigin'], string | null]>([
  ['of origins that are named', [APP], 'true'],
  ['of origins by a pattern', /^https:\/\/app\./, 'true'],
  ['of any origin never', true, null],
  ['of any origin by a star never', '*', null],
])('[A5] cookies %s come along', async (_which, corsOrigin, credentials) => {
  const { url } = await startChat({ corsOrigin });
  const { response } = await openPolling(url, { origin: APP });
  expect(response.status).toBe(200);
  expect(response.headers.get('access-control-allow-credentials')).toBe(credentials);
  expect(response.headers.get('access-control-allow-origin')).toBe(corsOrigin === '*' ? '*' : APP);
});

test.each(['https://app.example/', 'https://app.example/chat', 'app.example', ''])(
  '[H1] %j is no origin, and says so at start',
  (corsOrigin) => {
    expect(() => startChatWith({ corsOrigin })).toThrow(/corsOrigin must name origins such as/);
  },
);

function startChatWith(options: ChatServerOptions) {
  const httpServer = createServer();
  attachChatServer(httpServer, { logger: silent, ...options });
}
