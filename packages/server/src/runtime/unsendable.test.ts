import { defineContract, defineEvent, WirepactError } from '@wirepact/contract';
import * as Type from 'typebox';
import { expect, onTestFinished, test } from 'vitest';
import { type ContractServerOptions, createContractServer } from '../index';
import { OwnError } from './own-error';
import { connectTo } from './test-board';
import { record } from './test-client';
import { createKeptLog } from './test-log';

/** A schema of a library that throws at what it does not expect. */
const throwing = {
  '~standard': {
    version: 1,
    vendor: 'strange',
    validate(): never {
      throw new Error('What is that?');
    },
  },
} as const;

const shop = defineContract({
  name: 'shop',
  version: '1.0.0',
  errors: {
    SOLD: { description: 'Gone.', retryable: false, action: 'Take another.', data: throwing },
    CLOSED: { description: 'Nobody is there.', retryable: false, action: 'Come tomorrow.' },
  },
  clientToServer: {
    buy: defineEvent({ description: 'Buys.', errors: ['SOLD', 'CLOSED'] }),
    look: defineEvent({ description: 'Looks.', reply: throwing }),
    watch: defineEvent({ description: 'Watches.', stream: Type.Integer(), errors: ['SOLD', 'CLOSED'] }),
  },
  serverToClient: {},
});

type Options = Partial<ContractServerOptions<typeof shop>>;
type ShopHandlers = Partial<ContractServerOptions<typeof shop>['handlers']>;

/** Serves the shop, which has nothing for anybody. */
async function startShop(handlers: ShopHandlers, options: Options = {}) {
  const { logger, lines } = createKeptLog('error');
  const server = createContractServer(shop, {
    rateLimit: false,
    ...options,
    logger,
    handlers: { buy: () => null, look: () => ({}), async *watch() {}, ...handlers },
  });
  onTestFinished(() => server.close());
  const { url } = await server.listen(0, '127.0.0.1');
  return { url, lines };
}

const INTERNAL = { code: 'INTERNAL', message: 'The server failed to handle this event.', retryable: true };
/** What a database has for a number is no JSON. */
const bigint = () => new WirepactError('CLOSED', 'It is closed.', { data: { until: 2n ** 60n } });
const unchecked = () => new WirepactError('SOLD', 'It is sold.', { data: {} });

test.each([
  ['is no JSON', bigint, '/data/until of the error CLOSED must be JSON, not bigint.'],
  ['cannot be checked', unchecked, 'The data of SOLD could not be checked.'],
])('an error whose data %s is told as INTERNAL, whenever it is thrown', async (_what, toError, logged) => {
  let isLate = false;
  const { url, lines } = await startShop({
    buy() {
      if (!isLate) throw toError();
      return Promise.reject(toError());
    },
    // biome-ignore lint/correctness/useYield: it fails before it has anything.
    async *watch() {
      throw toError();
    },
  });
  const client = await connectTo(url);
  expect(await client.ask('buy')).toEqual({ ok: false, error: INTERNAL });
  isLate = true;
  expect(await client.ask('buy')).toEqual({ ok: false, error: INTERNAL });
  expect(await client.ask('watch')).toEqual({ ok: true, data: { stream: '1' } });
  expect(await client.waitFor('wirepact:stream_end')).toEqual({ stream: '1', error: INTERNAL });
  expect(lines.map(({ err }) => Object(err).message.split(':')[0])).toEqual([logged, logged, logged]);
});

test('a reply whose check throws is told as INTERNAL, also where it comes late', async () => {
  let isLate = false;
  const { url, lines } = await startShop({ look: () => (isLate ? Promise.resolve({}) : {}) });
  const client = await connectTo(url);
  expect(await client.ask('look')).toEqual({ ok: false, error: INTERNAL });
  isLate = true;
  expect(await client.ask('look')).toEqual({ ok: false, error: INTERNAL });
  expect(lines).toHaveLength(2);
});

test('whoever is refused with what cannot be sent is told to try again, and the server goes on', async () => {
  const { url, lines } = await startShop({}, { authenticate: () => Promise.reject(bigint()) });
  const client = record(url);
  const refusal = await new Promise<Error>((resolve) => client.socket.once('connect_error', resolve));
  expect(refusal).toMatchObject({ data: { code: 'UNAVAILABLE', retryable: true } });
  expect(lines[0]?.msg).toBe('authenticate failed: the client is told to try again');
});

test('what the host itself did wrong while it authenticates is none of the client’s business', async () => {
  const own = new OwnError('INVALID_EMIT', '"visited" was not published: it breaks the contract.');
  const { url, lines } = await startShop({}, { authenticate: () => Promise.reject(own) });
  const client = record(url);
  const refusal = await new Promise<Error>((resolve) => client.socket.once('connect_error', resolve));
  expect(refusal).toMatchObject({ data: { code: 'UNAVAILABLE', retryable: true } });
  expect(lines).toMatchObject([{ err: { message: own.message } }]);
});
