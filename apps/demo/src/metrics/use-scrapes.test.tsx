// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import { mount } from '../../test/mount';
import { MetricsPage } from './metrics-page';

afterEach(() => void vi.unstubAllGlobals());

const statusOf = (answer: () => Promise<Response>) => {
  vi.stubGlobal('fetch', answer);
  const page = mount(<MetricsPage />);
  return () => page.one('[role=status]').textContent;
};

test('metrics that are read are live', async () => {
  const metrics = [{ name: 'wirepact_connections', values: [{ labels: {}, value: 3 }] }];
  const status = statusOf(async () => Response.json(metrics));
  expect(status()).toBe('Reading…');
  await expect.poll(status).toBe('Live, once a second');
});

test.each<[string, () => Promise<Response>, string]>([
  [
    'that cannot be reached',
    () => Promise.reject(new TypeError('Failed to fetch')),
    'The server could not be reached.',
  ],
  [
    'that refuses',
    async () => Response.json({ error: { code: 'FORBIDDEN', message: 'Not here.' } }, { status: 403 }),
    'Not here.',
  ],
  [
    'behind a proxy that fails',
    async () => new Response('<h1>Bad gateway</h1>', { status: 502 }),
    'The server answered 502.',
  ],
  [
    'that is another one',
    async () => new Response('<h1>Hello</h1>'),
    'What answers is no server of this demo: it has no metrics.',
  ],
])('a server %s is told as what it is', async (_which, answer, expected) => {
  await expect.poll(statusOf(answer)).toBe(expected);
});
