import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { Server as SocketIoServer } from 'socket.io';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { rejectionOf, untilState } from '../../test/chat-fixture';
import { CHANNEL } from '../../test/socket-server';
import { type ChatClientOptions, type ConnectionState, createChatClient } from '../index';

/** What a client says that cannot connect: what it tried, what came of it, and what to look at. */

afterEach(() => {
  vi.unstubAllGlobals();
});

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An address that nobody listens at. */
async function findNobody(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

function connect(url: string, options: ChatClientOptions = {}) {
  const chat = createChatClient(url, { reconnectionDelay: 5, reconnectionDelayMax: 20, ...options });
  onTestFinished(() => chat.close());
  return chat;
}

const answering =
  (status: number): RequestListener =>
  (_request, response) => {
    response.statusCode = status;
    response.end();
  };

const TRANSPORTS: NonNullable<ChatClientOptions['transports']>[] = [['polling'], ['websocket']];
const failureOf = async (url: string, options: ChatClientOptions) => {
  const { error } = await untilState(connect(url, options).connection, (state) => state.error !== undefined);
  expect(error).toMatchObject({ code: 'CONNECTION_FAILED', retryable: true, cause: expect.any(Error) });
  return error?.message;
};

test.each(TRANSPORTS)('[H7] by %s: nobody listens', async (transport) => {
  const url = await findNobody();
  expect(await failureOf(url, { transports: [transport] })).toBe(
    `Cannot connect to ${url}/socket.io: connect ECONNREFUSED ${url.slice('http://'.length)}.`,
  );
});

test.each(TRANSPORTS)('[H7] by %s: a server that has something else at this path', async (transport) => {
  const url = await listen(createServer(answering(404)));
  const text = 'the server answered 404. Is `path` the one that the server has?';
  expect(await failureOf(url, { transports: [transport], path: '/chat' })).toBe(
    `Cannot connect to ${url}/chat: ${text}`,
  );
});

test.each(TRANSPORTS)('[H7] by %s: a proxy whose server is away', async (transport) => {
  const url = await listen(createServer(answering(502)));
  expect(await failureOf(url, { transports: [transport] })).toBe(
    `Cannot connect to ${url}/socket.io: the server answered 502.`,
  );
});

/** Two servers behind one address, each of which gets every other request. */
async function listenInTurn(): Promise<string> {
  const servers = [createServer(), createServer()];
  for (const server of servers) {
    const io = new SocketIoServer(server);
    onTestFinished(() => void io.close());
  }
  let requests = 0;
  return listen(
    createServer((...request) => {
      servers[requests % 2]?.emit('request', ...request);
      requests += 1;
    }),
  );
}

test('[H7] several servers, where not all requests of a client reach the same one', async () => {
  const url = await listenInTurn();
  const states: ConnectionState[] = [];
  const { connection } = connect(url, { transports: ['polling'], reconnectionAttempts: 2 });
  connection.subscribe((state) => states.push(state));
  const { error } = await untilState(connection, ({ status }) => status === 'disconnected');
  expect(error).toMatchObject({
    code: 'CONNECTION_FAILED',
    message: `Cannot connect to ${url}/socket.io: the server answered 400. Do all requests reach the same one?`,
  });
  // Each failure is one attempt, and says the same whenever one looks.
  expect(states.map(({ attempt }) => attempt)).toEqual([1, 1, 2, 2, undefined]);
  expect(new Set(states.map((state) => state.error?.message))).toEqual(new Set([error?.message]));
});

test('[H7] a server that takes the connection and says nothing', async () => {
  const sockets: Socket[] = [];
  const url = await listen(createTcpServer((socket) => void sockets.push(socket)));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  expect(await failureOf(url, { timeout: 30, transports: ['polling'] })).toBe(
    `Cannot connect to ${url}/socket.io: no answer within 30 ms.`,
  );
});

test('[H7] a name that does not exist, without its credentials', async () => {
  expect(
    await failureOf('http://user:secret@nowhere.invalid?token=secret', { transports: ['polling'] }),
  ).toMatch(/^Cannot connect to http:\/\/nowhere\.invalid\/socket\.io: getaddrinfo \w+ nowhere\.invalid\.$/);
});

test('[H7] a path in the URL, which Socket.IO takes for a namespace', async () => {
  const server = createServer();
  const io = new SocketIoServer(server);
  const url = await listen(server);
  onTestFinished(() => void io.close());
  const { error } = await untilState(
    connect(`${url}/socket.io`).connection,
    ({ status }) => status === 'disconnected',
  );
  expect(error).toMatchObject({
    code: 'CONNECTION_REFUSED',
    message:
      'The server has no namespace "/socket.io", which is what the path of a URL names. The path of the endpoint is the option `path`.',
  });
});

test('[H1] in a page of another origin: what the browser does not say', async () => {
  const url = await findNobody();
  // A browser tells no page why a request to another origin failed; here it is the system's own reason.
  vi.stubGlobal('location', {
    origin: 'http://localhost:5173',
    protocol: 'http:',
    hostname: 'localhost',
    port: '5173',
  });
  expect(await failureOf(url, { transports: ['websocket'] })).toMatch(
    /\. Is the server there, and does its `corsOrigin` name http:\/\/localhost:5173\?$/,
  );
});

test('[H7] every TIMEOUT for want of a connection says why, and has the reason as its cause', async () => {
  const url = await findNobody();
  const chat = connect(url, { autoConnect: false, requestTimeoutMs: 60, transports: ['websocket'] });
  expect(await rejectionOf(chat.request('heartbeat'))).toMatchObject({
    code: 'TIMEOUT',
    message: 'heartbeat had no answer within 60 ms: not connected; call `connect()`.',
  });
  const cause = {
    code: 'CONNECTION_FAILED',
    message: expect.stringContaining(`Cannot connect to ${url}/socket.io`),
  };
  const [connecting, joining] = [rejectionOf(chat.connect()), rejectionOf(chat.join(CHANNEL))];
  expect(await connecting).toMatchObject({ code: 'TIMEOUT', cause });
  expect(await joining).toMatchObject({
    code: 'TIMEOUT',
    cause,
    message: expect.stringMatching(
      /^join_channel had no answer within 60 ms: not connected, attempt \d+: Cannot connect to .* ECONNREFUSED/,
    ),
  });
});

test('[H7] `auth` that throws is the cause of the TIMEOUT, with what it threw', async () => {
  const server = createServer();
  const io = new SocketIoServer(server);
  const url = await listen(server);
  onTestFinished(() => void io.close());
  const oops = new Error('The session has ended');
  const chat = connect(url, {
    requestTimeoutMs: 200,
    auth: () => {
      throw oops;
    },
  });
  expect(await rejectionOf(chat.join(CHANNEL))).toMatchObject({
    code: 'TIMEOUT',
    message: expect.stringMatching(
      /: not connected, attempt \d+: The `auth` function failed: The session has ended\.$/,
    ),
    cause: { code: 'AUTH_FAILED', cause: oops },
  });
});

test('[H7] a proxy that lets no websocket through: the next of the transports that are named is tried', async () => {
  const server = createServer();
  const io = new SocketIoServer(server, { transports: ['polling'] });
  const url = await listen(server);
  onTestFinished(() => void io.close());
  const chat = connect(url, { transports: ['websocket', 'polling'] });
  const { status } = await untilState(
    chat.connection,
    (state) => state.error !== undefined || state.status === 'connected',
  );
  expect(status).toBe('connected');
});
