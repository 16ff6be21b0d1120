import { createServer } from 'node:http';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { toRateKey } from './gateway/rate-key';
import { attachChatServer, createChatServer } from './index';
import { connect, listen, silent, startChat } from './test-chat';

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
