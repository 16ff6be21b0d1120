import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { context, propagation, trace } from '@opentelemetry/api';
import { createMetrics } from '@wirepact/server/metrics';
import { io } from 'socket.io-client';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { readCodeBlocks, runCodeBlock } from './code-blocks';

const [measured = '', traced = '', client = ''] = readCodeBlocks('docs/operation.md');

beforeEach(() => {
  vi.stubEnv('LOG_LEVEL', 'silent');
  onTestFinished(() => {
    vi.unstubAllEnvs();
    trace.disable();
    context.disable();
    propagation.disable();
  });
});

/** Runs a block with texts replaced, and answers with what it exports; that is closed when the test ends. */
async function run(block: string, replaced: Record<string, string>) {
  const exported = await runCodeBlock(block, replaced);
  for (const name of ['chat', 'scraped'])
    onTestFinished(async () => void (await Object(exported[name]).close?.()));
  return exported;
}

test('the page’s server is measured where only its own machine reaches it', async () => {
  const { url, scraped } = await run(measured, {
    'listen(3000)': 'listen(0)',
    'listen(9464,': 'listen(0,',
  });
  const socket = io(String(url), { forceNew: true, transports: ['websocket'] });
  onTestFinished(() => void socket.close());
  await socket.emitWithAck('heartbeat');
  await expect.poll(() => Object(scraped).address()).not.toBeNull();
  const { port, address } = Object(scraped).address() as AddressInfo;
  expect(address).toBe('127.0.0.1');
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  expect(text).toContain('wirepact_events_total{contract="wirepact-chat",event="heartbeat",code="OK"} 1');
  expect((await fetch(`${url}/metrics`)).status).toBe(404);
});

test('the page names every metric that there is, and no other', async () => {
  const known = (await createMetrics().registry.getMetricsAsJSON()).map(({ name }) => name);
  const page = readFileSync(new URL('../../docs/operation.md', import.meta.url), 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('| `wirepact_'));
  const named = rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name),
  );
  expect(named.toSorted()).toEqual(known.toSorted());
});

test('the page’s server and client are in one trace', async () => {
  const log = vi.spyOn(console, 'dir').mockImplementation(() => {});
  onTestFinished(() => log.mockRestore());
  const { url } = await run(traced, { 'listen(3000)': 'listen(0)' });
  await run(client, { 'http://localhost:3000': String(url) });
  const spans = () => log.mock.calls.map(([span]) => Object(span));
  await expect.poll(() => spans().map(({ name }) => name)).toContain('receive messageBroadcast');
  const ofSend = spans().find(({ name }) => name === 'send send_message');
  const delivered = spans().find(({ name }) => name === 'receive messageBroadcast');
  expect(delivered.traceId).toBe(ofSend.traceId);
});
