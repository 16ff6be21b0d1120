import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogStream } from '@wirepact/server';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LOBBY } from '../lobby';
import { createDemoServer, type DemoServer } from './demo-server';
import { listen } from './listen';

let demo: DemoServer;
let url: string;

beforeEach(async () => {
  const options = {
    pageDirectory: 'public',
    logger: pino({ level: 'silent' }),
    logStream: createLogStream(),
  };
  demo = await createDemoServer(options);
  url = `http://localhost:${await listen(demo.httpServer, { port: '0' })}`;
});

afterEach(() => demo.close());

async function call(method: string, path: string, body?: unknown) {
  const headers = { 'content-type': 'application/json' };
  const init = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
  const response = await fetch(`${url}/api/channels${path}`, init);
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

const post = (text: string) =>
  demo.chat.messages.post({
    ...{ channelId: LOBBY.id, serverId: LOBBY.id, text, source: 'socketio_client' },
    ...{ senderId: 'ada', senderName: 'Ada', clientMessageId: text },
  });

test('a channel can be created, read, renamed and deleted', async () => {
  const created = await call('POST', '', { name: ' Plans ' });
  expect(created).toMatchObject({ status: 201, body: { name: 'Plans' } });
  const path = `/${created.body.id}`;
  expect(await call('PATCH', path, { name: 'Deeds', topic: '' })).toMatchObject({ status: 200 });
  expect(await call('GET', path)).toMatchObject({ body: { name: 'Deeds', topic: '' } });
  expect(await call('DELETE', path)).toMatchObject({ status: 204 });
  expect(await call('GET', path)).toMatchObject({
    status: 404,
    body: { error: { code: 'CHANNEL_NOT_FOUND' } },
  });
});

test('messages can be deleted one by one and all at once', async () => {
  const [first, second] = [await post('one'), await post('two')];
  const path = `/${LOBBY.id}/messages`;
  expect(await call('DELETE', `${path}/${first.message.id}`)).toMatchObject({ status: 204 });
  expect(await call('DELETE', `${path}/${first.message.id}`)).toMatchObject({
    status: 404,
    body: { error: { code: 'MESSAGE_NOT_FOUND' } },
  });
  expect(await demo.chat.messages.list(LOBBY.id, { limit: 10 })).toMatchObject([{ id: second.message.id }]);
  expect(await call('DELETE', path)).toMatchObject({ status: 204 });
  expect(await demo.chat.messages.list(LOBBY.id, { limit: 10 })).toEqual([]);
});

test.each([
  ['no name', {}],
  ['an empty name', { name: ' ' }],
  ['a name that is no text', { name: 1 }],
  ['a name that is too long', { name: 'x'.repeat(81) }],
  ['no object', 'text'],
])('%s is refused with what is wrong', async (_, body) => {
  expect(await call('POST', '', body)).toMatchObject({
    status: 400,
    body: { error: { code: 'INVALID_PAYLOAD', message: expect.any(String) } },
  });
});

test('what is not there, and what is too large, is answered as an error, too', async () => {
  const missing = await fetch(`${url}/api/nothing`);
  expect([missing.status, await missing.json()]).toMatchObject([404, { error: { code: 'NOT_FOUND' } }]);
  expect(await call('POST', '', { name: 'x'.repeat(20_000) })).toMatchObject({
    status: 413,
    body: { error: { code: 'PAYLOAD_TOO_LARGE' } },
  });
});

test('the page is served with headers that forbid what it does not need', async () => {
  const { headers } = await fetch(`${url}/theme.js`);
  const policy = headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-powered-by')).toBeNull();
});

test('metrics are shown to whoever asks on the machine of the server', async () => {
  const response = await fetch(`${url}/api/metrics`);
  expect(response.headers.get('cache-control')).toBe('no-store');
  const names = (await response.json()).map(({ name }: { name: string }) => name);
  expect(names).toContain('wirepact_connections');
});

test.each<[string, Record<string, string>]>([
  ['what a proxy says of whom it asks for', { 'x-forwarded-for': '203.0.113.7' }],
  ['the standard’s header of proxies', { forwarded: 'for=203.0.113.7' }],
  ['that a proxy passed it on', { via: '1.1 proxy' }],
  ['the name of a public site', { host: 'chat.example' }],
  ['a name that begins as the machine’s', { host: 'localhost.example:3000' }],
])('metrics are not shown through a proxy on the same machine: %s', async (_, headers) => {
  const { port } = demo.httpServer.address() as AddressInfo;
  const [response] = await once(request({ port, path: '/api/metrics', headers }).end(), 'response');
  response.resume();
  expect(response.statusCode).toBe(403);
});

test('a port that was asked for and is taken is not replaced by another', async () => {
  const { port } = demo.httpServer.address() as AddressInfo;
  const other = await createDemoServer({
    ...{ pageDirectory: 'public', logger: pino({ level: 'silent' }), logStream: createLogStream() },
  });
  await expect(listen(other.httpServer, { port: String(port) })).rejects.toThrow('EADDRINUSE');
  await other.close();
});
