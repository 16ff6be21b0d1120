import { createServer } from 'node:http';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { type Authenticate, attachChatServer, type ChatServerOptions, createChatServer } from '../index';
import { toRateKey } from '../runtime/gateway/rate-key';
import { createKeptLog } from '../runtime/test-log';
import { openRaw } from '../runtime/transport/test-wire';
import { CHANNEL, connect, hello, listen, type Recorder, record, silent, startChat } from './test-chat';

afterEach(() => vi.unstubAllEnvs());

const LIMITED = {
  ok: false,
  error: { code: 'RATE_LIMITED', retryable: true, retryAfterMs: expect.any(Number) },
};

/** How many heartbeats an address gets through before it is limited, of `attempts`. */
async function countAllowed(url: string, attempts: number, options = {}): Promise<number> {
  const client = await connect(url, options);
  const answers = await Promise.all(Array.from({ length: attempts }, () => client.ask('heartbeat')));
  return answers.filter((answer) => Object(answer).ok).length;
}

test('60 a minute by default, whatever connection they come on', async () => {
  const { url } = await startChat({ rateLimit: {} });
  expect(await countAllowed(url, 40)).toBe(40);
  const second = await connect(url);
  const answers = await Promise.all(Array.from({ length: 21 }, () => second.ask('heartbeat')));
  expect(answers.filter((answer) => Object(answer).ok)).toHaveLength(20);
  expect(answers.at(-1)).toMatchObject(LIMITED);
  expect(await second.waitFor('messageError')).toMatchObject({ code: 'RATE_LIMITED', event: 'heartbeat' });
});

test('invalid and unknown events count, too', async () => {
  const { url } = await startChat({ rateLimit: { points: 2 } });
  const client = await connect(url);
  expect(await client.ask('send_message', null)).toMatchObject({ error: { code: 'INVALID_PAYLOAD' } });
  expect(await client.ask('nothing')).toMatchObject({ error: { code: 'UNKNOWN_EVENT' } });
  expect(await client.ask('heartbeat')).toMatchObject(LIMITED);
});

test('the window ends', async () => {
  const { url } = await startChat({ rateLimit: { points: 1, durationSeconds: 1 } });
  const client = await connect(url);
  // At once, so that both are in one window however slow the machine is.
  const [, limited] = await Promise.all([client.ask('heartbeat'), client.ask('heartbeat')]);
  expect(limited).toMatchObject(LIMITED);
  await expect.poll(() => client.ask('heartbeat'), { interval: 100 }).toMatchObject({ ok: true });
});

/** Everybody is who they say. */
const byName: Authenticate = ({ auth }) => ({ entityId: String(auth.token) });

/** How many of `attempts` of an event that costs a point get through. */
async function countPoints(client: Recorder, attempts: number): Promise<number> {
  const answers = await Promise.all(Array.from({ length: attempts }, () => client.ask('set_log_filter', {})));
  return answers.filter((answer) => Object(answer).ok).length;
}

test('[RATE-8] [H5] where connections are signed in, each entity has a limit of its own, on all its connections together', async () => {
  const { url } = await startChat({ authenticate: byName, rateLimit: { points: 10 } });
  const [ada, adaToo, bob] = await Promise.all(
    ['ada', 'ada', 'bob'].map((token) => connect(url, { auth: { token } })),
  );
  expect(ada && (await countPoints(ada, 6))).toBe(6);
  expect(adaToo && (await countPoints(adaToo, 6))).toBe(4);
  expect(bob && (await countPoints(bob, 12))).toBe(10);
});

test('[H5] and all of one address have a larger one, that nobody uses up who is over their own', async () => {
  const rateLimit = { points: 10, addressPoints: 15 };
  const { url } = await startChat({ authenticate: byName, rateLimit });
  const [ada, bob, eve] = await Promise.all(
    ['ada', 'bob', 'eve'].map((token) => connect(url, { auth: { token } })),
  );
  expect(ada && (await countPoints(ada, 100))).toBe(10);
  expect(bob && (await countPoints(bob, 10))).toBe(5);
  expect(eve && (await countPoints(eve, 10))).toBe(0);
  const other = await startChat({ authenticate: byName, rateLimit: { points: 2 } });
  const accepted = await Promise.all(
    Array.from({ length: 25 }, async (_, index) =>
      countPoints(await connect(other.url, { auth: { token: `user-${index}` } }), 2),
    ),
  );
  expect(accepted.reduce((sum, count) => sum + count)).toBe(40);
});

test('[H5] heartbeats that keep a connection cost next to nothing, and so does coming back to a channel', async () => {
  const { chat, url } = await startChat({ rateLimit: { points: 4 } });
  await chat.channels.create({ id: CHANNEL });
  const client = await connect(url);
  const clock = vi.spyOn(performance, 'now');
  onTestFinished(() => void clock.mockRestore());
  let now = performance.now();
  clock.mockImplementation(() => now);
  // The first one is one like any other, and so is one that follows at once.
  for (let count = 0; count < 2; count += 1)
    expect(await client.ask('heartbeat')).toMatchObject({ ok: true });
  for (let count = 0; count < 4; count += 1) {
    now += 12_000;
    expect(await client.ask('heartbeat')).toMatchObject({ ok: true });
  }
  const { epoch, seq } = await chat.channels.require(CHANNEL);
  for (let count = 0; count < 4; count += 1)
    expect(await client.ask('join_channel', { channelId: CHANNEL, resume: { epoch, seq } })).toMatchObject({
      ok: true,
    });
  expect(await countPoints(client, 4)).toBe(1);
});

test.each<[string, string, (epoch: string) => object, number]>([
  ['a page of history', 'list_messages', () => ({ limit: 200 }), 7],
  ['coming back to a channel', 'join_channel', (epoch) => ({ resume: { epoch, seq: 0 } }), 6],
  ['coming to a channel, which reads none,', 'join_channel', () => ({}), 9],
])(
  '[B9] %s is paid for by what it takes: a point for every 100 messages, beside the request',
  async (_what, event, toPayload, left) => {
    const { chat, url } = await startChat({ rateLimit: { points: 10 } });
    const { epoch } = await chat.channels.create({ id: CHANNEL });
    for (let count = 0; count < 350; count += 1)
      await chat.messages.post({ ...hello(), senderId: 'bob', senderName: 'Bob', source: 'test' });
    const client = await connect(url);
    const payload = { channelId: CHANNEL, ...toPayload(epoch) };
    expect(await client.ask(event, payload)).toMatchObject({ ok: true });
    expect(await countPoints(client, 10)).toBe(left);
  },
);

test('the log warns once a window of whoever is over a limit', async () => {
  const { logger, lines } = createKeptLog();
  const { url } = await startChat({ logger, rateLimit: { points: 2 } });
  const client = await connect(url);
  await countPoints(client, 10);
  await countPoints(await connect(url), 10);
  const warnings = lines.filter(({ msg }) => msg.startsWith('rate limit reached'));
  expect(warnings).toMatchObject([
    {
      level: 40,
      address: '127.0.0.1',
      retryAfterMs: expect.any(Number),
      msg: expect.stringMatching(/more than 2 points in 60 s .*`rateLimit`/),
    },
  ]);
});

test('the environment sets it, options win', async () => {
  vi.stubEnv('WIREPACT_RATE_LIMIT_POINTS', '3');
  const fromEnvironment = createChatServer({ logger: silent });
  onTestFinished(() => fromEnvironment.close());
  expect(await countAllowed((await fromEnvironment.listen(0, '127.0.0.1')).url, 5)).toBe(3);
  const { url } = await startChat({ rateLimit: { points: 4 } });
  expect(await countAllowed(url, 5)).toBe(4);
  vi.stubEnv('WIREPACT_RATE_LIMIT_POINTS', 'many');
  expect(() => createChatServer({ logger: silent })).toThrow(
    /WIREPACT_RATE_LIMIT_POINTS must be a whole number/,
  );
});

test.each([
  ['no proxy is trusted: what it says of the client is ignored', false, 2],
  ['a trusted proxy says who the client is', 'loopback', 4],
  ['the number of proxies is trusted', 1, 4],
])('%s', async (_what, trustProxy, allowed) => {
  const httpServer = createServer();
  onTestFinished(() => void httpServer.close());
  const chat = attachChatServer(httpServer, { logger: silent, rateLimit: { points: 2 }, trustProxy });
  onTestFinished(() => chat.close());
  const url = await listen(httpServer);
  const ada = await countAllowed(url, 3, { extraHeaders: { 'x-forwarded-for': '203.0.113.1' } });
  const eve = await countAllowed(url, 3, { extraHeaders: { 'x-forwarded-for': '203.0.113.2' } });
  expect(ada + eve).toBe(allowed);
});

test('[D4] an address has one window, however a trusted proxy spells it', async () => {
  const { url } = await startChat({ rateLimit: { points: 2 }, trustProxy: 1 });
  const spellings = ['203.0.113.7', '203.0.113.7:5678', '::ffff:cb00:7107', '[::FFFF:203.0.113.7]:99'];
  const allowed = await Promise.all(
    spellings.map((address) => countAllowed(url, 2, { extraHeaders: { 'x-forwarded-for': address } })),
  );
  expect(allowed.reduce((sum, count) => sum + count)).toBe(2);
});

test('a proxy that is no address is refused at start', () => {
  expect(() => createChatServer({ logger: silent, trustProxy: 'the-proxy' })).toThrow(
    /trustProxy must name addresses/,
  );
});

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:0db8:0001:0002::1', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
])('%s is counted by %s', (address, key) => {
  expect(toRateKey(address)).toBe(key);
});

/** What becomes of `attempts` clients that connect one after the other. */
async function connectCodes(url: string, attempts: number, options = {}): Promise<unknown[]> {
  const codes: unknown[] = [];
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const { socket } = record(url, options);
    codes.push(
      await new Promise((resolve) => {
        socket.once('connect', () => resolve('connected'));
        socket.once('connect_error', (error: Error & { data?: { code?: string } }) =>
          resolve(error.data?.code),
        );
      }),
    );
  }
  return codes;
}

test('[RATE-9] [B10] an address that connects too often is refused before the host is asked, and told for how long', async () => {
  let asked = 0;
  const { url } = await startChat({
    connectLimit: { points: 3 },
    trustProxy: 1,
    authenticate: () => {
      asked += 1;
      return null;
    },
  });
  const codes = await connectCodes(url, 5);
  expect(codes).toEqual([...Array(3).fill('UNAUTHENTICATED'), 'RATE_LIMITED', 'RATE_LIMITED']);
  expect(asked).toBe(3);
  const refusal = await new Promise<Error & { data?: unknown }>((resolve) =>
    record(url).socket.once('connect_error', resolve),
  );
  expect(refusal.data).toMatchObject(LIMITED.error);
  const elsewhere = { extraHeaders: { 'x-forwarded-for': '203.0.113.9' } };
  expect(await connectCodes(url, 1, elsewhere)).toEqual(['UNAUTHENTICATED']);
});

test.each<[string, ChatServerOptions, number]>([
  ['600 a minute by default', { rateLimit: {} }, 600],
  ['any number where nothing is limited', { rateLimit: false }, 605],
])('[RATE-9] [B10] an address may open %s', async (_what, options, allowed) => {
  const { url } = await startChat(options);
  const clients = Array.from({ length: 605 }, () => openRaw(url));
  const answers = await Promise.all(
    clients.map(async (opening) => {
      const client = await opening;
      client.send('40');
      return client.next('4');
    }),
  );
  expect(answers.filter((answer) => answer.startsWith('40{'))).toHaveLength(allowed);
});
