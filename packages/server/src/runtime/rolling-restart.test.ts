import { expect, test } from 'vitest';
import { connectTo, startBoard } from './test-board';
import { record } from './test-client';

const HOUR_MS = 3_600_000;

test('a server that is replaced sends its clients elsewhere one after the other, and serves on those it has', async () => {
  const { server, url } = await startBoard({}, { drainSpreadMs: HOUR_MS });
  const [first, second, third] = [await connectTo(url), await connectTo(url), await connectTo(url)];
  const closed = server.close();
  expect(await first.waitFor('wirepact:ended')).toMatchObject({ reason: 'SERVER_CLOSING', reconnect: true });
  await expect.poll(() => first.socket.connected).toBe(false);
  for (const client of [second, third]) expect(await client.ask('refresh')).toEqual({ ok: true, data: null });
  const late = record(url);
  const refusal = await new Promise<Error & { data?: unknown }>((resolve) =>
    late.socket.once('connect_error', resolve),
  );
  expect(refusal.data).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
  expect((await fetch(`${url}/readyz`)).status).toBe(503);
  for (const client of [second, third]) client.socket.close();
  await closed;
});

test('each client is told once, in the time there is, and only then the server is gone', async () => {
  const { server, url } = await startBoard({}, { drainSpreadMs: 200 });
  const clients = [await connectTo(url), await connectTo(url), await connectTo(url)];
  await server.close();
  for (const client of clients) {
    await expect.poll(() => client.socket.connected).toBe(false);
    expect(client.payloads('wirepact:ended')).toMatchObject([{ reason: 'SERVER_CLOSING' }]);
  }
});
