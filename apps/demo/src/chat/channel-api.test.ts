import { afterEach, expect, test, vi } from 'vitest';
import { channelApi } from './channel-api';

afterEach(() => void vi.unstubAllGlobals());

const answer = (status: number, body?: string) => {
  const ask = vi.fn(async (_url: string, _init: RequestInit) => new Response(body, { status }));
  vi.stubGlobal('fetch', ask);
  return ask;
};

test('a change is asked for by its method, with what is to be', async () => {
  const ask = answer(200, '{"id":"c1","name":"Deeds","secret":true}');
  expect(await channelApi.update('c1', { name: 'Deeds', topic: '' })).toEqual({ id: 'c1', name: 'Deeds' });
  expect(ask.mock.calls).toMatchObject([
    ['/api/channels/c1', { method: 'PATCH', body: '{"name":"Deeds","topic":""}' }],
  ]);
});

test('an answer without a body is one', async () => {
  const ask = answer(204);
  await channelApi.deleteMessage('c1', 'm1');
  await channelApi.clear('c1');
  expect(ask.mock.calls.map(([url, { method }]) => `${method} ${url}`)).toEqual([
    'DELETE /api/channels/c1/messages/m1',
    'DELETE /api/channels/c1/messages',
  ]);
});

test.each([
  [404, '{"error":{"code":"MESSAGE_NOT_FOUND","message":"It is gone."}}', 'MESSAGE_NOT_FOUND', false],
  [
    503,
    '{"error":{"code":"STORE_UNAVAILABLE","message":"Later.","retryable":true}}',
    'STORE_UNAVAILABLE',
    true,
  ],
  [502, '<h1>Bad gateway</h1>', 'INTERNAL', false],
  [500, 'null', 'INTERNAL', false],
])('a failure %i has a code', async (status, body, code, retryable) => {
  answer(status, body);
  await expect(channelApi.delete('c1')).rejects.toMatchObject({ code, retryable });
});

test('a server that cannot be reached is told as what it is', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  await expect(channelApi.create('Plans')).rejects.toMatchObject({
    code: 'CONNECTION_FAILED',
    retryable: true,
  });
});
