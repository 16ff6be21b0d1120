import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WirepactError } from '@wirepact/contract/runtime';
import express from 'express';
import { expect, onTestFinished, test } from 'vitest';
import { answerError } from './http-errors';
import { listen } from './listen';

/** What a client gets where a route throws. */
async function fail(cause: unknown) {
  const app = express();
  app.get('/', () => {
    throw cause;
  });
  app.use(answerError);
  const server = createServer(app).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return { status: response.status, text: await response.text() };
}

test('what fails unexpectedly tells nothing of its cause', async () => {
  const { status, text } = await fail(new Error('SELECT secret FROM accounts'));
  expect(status).toBe(500);
  expect(JSON.parse(text)).toEqual({
    error: { code: 'INTERNAL', message: 'The server failed.', retryable: true },
  });
});

test.each([
  ['CHANNEL_NOT_FOUND', 404],
  ['RATE_LIMITED', 429],
  ['STORE_UNAVAILABLE', 503],
  ['SOMETHING_NEW', 500],
])('%s is answered with %i', async (code, status) => {
  const answer = await fail(new WirepactError(code, 'It is so.'));
  expect(answer.status).toBe(status);
  expect(JSON.parse(answer.text)).toMatchObject({ error: { code, message: 'It is so.' } });
});

test('a status that is none of a client’s mistakes is not taken over', async () => {
  expect((await fail(Object.assign(new Error('odd'), { status: 302 }))).status).toBe(500);
  expect((await fail(Object.assign(new Error('gone'), { status: 410 }))).status).toBe(410);
});

test.each(['http', '70000', '-1'])('the port “%s” is refused', async (port) => {
  await expect(listen(createServer(), { port })).rejects.toThrow(/port/i);
});
