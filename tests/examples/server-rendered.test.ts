import { createRequire } from 'node:module';
import { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createChatClient } from '@wirepact/client';
import { expect, onTestFinished, test, vi } from 'vitest';
import { findChromium, launchChromium } from '../browser/chromium';
import { startExample } from './example-process';

const CHAT = fileURLToPath(new URL('../../examples/server-rendered/chat.tsx', import.meta.url));

test('server-rendered: what is imported and rendered on a server opens no socket', async () => {
  const connects = vi.spyOn(Socket.prototype, 'connect');
  onTestFinished(() => connects.mockRestore());
  const { Chat } = await import(/* @vite-ignore */ CHAT);
  const load = createRequire(CHAT);
  const element = load('react').createElement(Chat, {
    url: 'http://127.0.0.1:9',
    lines: [{ key: '1', senderName: 'Ada', text: 'Hello!' }],
  });
  expect(load('react-dom/server').renderToString(element)).toContain('<b>Ada</b>');
  const chat = createChatClient('http://127.0.0.1:9', { autoConnect: false });
  await new Promise((resolve) => setImmediate(resolve));
  expect(connects).not.toHaveBeenCalled();
  chat.connect().catch(() => {});
  await expect.poll(() => connects.mock.calls.length).toBeGreaterThan(0);
  chat.close();
});

const chromium = await findChromium();

test.skipIf(!chromium)(
  'server-rendered: what was said is in the page that comes, which then chats',
  async () => {
    const [browser, { url }] = await Promise.all([
      launchChromium(chromium),
      startExample('server-rendered', { DATABASE: ':memory:' }),
    ]);
    onTestFinished(() => browser.close());
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) faults.push(message.text());
    });
    await page.goto(url);
    await page.getByRole('status').getByText('connected').waitFor();
    await page.getByLabel('Message').fill('Hello <b>there</b>!');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Echo You said: Hello <b>there</b>!').waitFor();
    expect(await (await fetch(url)).text()).toContain('<b>Guest</b> <!-- -->Hello &lt;b&gt;there&lt;/b&gt;!');

    await page.reload();
    await page.getByText('Echo You said: Hello <b>there</b>!').waitFor();
    await page.getByRole('status').getByText('connected').waitFor();
    expect(await page.getByRole('listitem').count()).toBe(2);
    expect(faults).toEqual([]);
  },
);
