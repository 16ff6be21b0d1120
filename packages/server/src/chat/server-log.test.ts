import { expect, test } from 'vitest';
import { createKeptLog } from '../runtime/test-log';
import { connect, hello, join, startChat } from './test-chat';

test('[G] a line about an event says which', async () => {
  const { logger, lines } = createKeptLog('debug');
  const { url } = await startChat({ logger });
  const client = await join(url);
  await client.ask('send_message', hello());
  await client.ask('send_message', hello({ text: 7 }));
  await client.ask(`no_such_event${'!'.repeat(1_000)}`);
  const messages = lines.map(({ msg }) => msg);
  expect(messages).toContain('handled join_channel');
  expect(messages).toContain('handled send_message');
  expect(messages).toContain('refused send_message: INVALID_PAYLOAD');
  const unknown = messages.find((message) => message.endsWith(': UNKNOWN_EVENT'));
  expect(unknown).toMatch(/^refused no_such_event!/);
  expect(unknown?.length).toBeLessThan(150);
});

test('[H12] a line has no field twice', async () => {
  const { logger, texts } = createKeptLog('debug');
  const { url } = await startChat({ logger, rateLimit: { points: 2 } });
  const client = await connect(url);
  for (let count = 0; count < 3; count += 1) await client.ask('set_log_filter', {});
  client.socket.disconnect();
  await expect.poll(() => texts.join('')).toContain('disconnected');
  for (const text of texts) {
    const names = [...text.matchAll(/"(\w+)":/g)].map(([, name]) => name);
    expect(names, text).toEqual([...new Set(names)]);
  }
  const categories = texts.map((text) => JSON.parse(text).category);
  expect([...new Set(categories)].toSorted()).toEqual(['connection', 'server']);
});

test('[H14] what everybody may do is in the log, option by option', async () => {
  const open = createKeptLog();
  await startChat({ logger: open.logger, trustProxy: true });
  const messages = open.lines.map(({ msg }) => msg).join('\n');
  for (const option of ['authenticate', 'authorize', 'trustProxy', 'logStream'])
    expect(messages).toContain(`\`${option}\``);
});
