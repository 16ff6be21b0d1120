import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { findChromium, launchChromium } from '../browser/chromium';
import { bundleServer } from '../chaos/server-bundle';
import { startExample } from './example-process';

const EXAMPLE = join(import.meta.dirname, '../../examples/server-rendered');
const RESULTS = join(import.meta.dirname, '../test-results/server-rendered');

/** Counts the sockets that connect while the example's component is imported and rendered, and after its client is asked to. */
const PROGRAM = `
import { Socket } from 'node:net';
let sockets = 0;
const { connect } = Socket.prototype;
Socket.prototype.connect = function (...args) {
  sockets += 1;
  return connect.apply(this, args);
};
const { createElement } = await import('react');
const { renderToString } = await import('react-dom/server');
const { Chat } = await import('./chat');
const { createChatClient } = await import('@wirepact/client');
const url = 'http://127.0.0.1:9';
const html = renderToString(createElement(Chat, { url, lines: [{ key: '1', senderName: 'Ada', text: 'Hello!' }] }));
const chat = createChatClient(url, { autoConnect: false });
await new Promise((resolve) => setImmediate(resolve));
const rendered = sockets;
chat.connect().catch(() => {});
while (sockets === rendered) await new Promise((resolve) => setImmediate(resolve));
chat.close();
console.log(JSON.stringify({ html, rendered, connected: sockets }));
`;

test('server-rendered: what is imported and rendered on a server opens no socket', async () => {
  const program = { contents: PROGRAM, resolveDir: EXAMPLE };
  const file = await bundleServer(program, join(RESULTS, 'rendering.mjs'));
  const { stdout } = await promisify(execFile)(process.execPath, [file]);
  const { html, rendered, connected } = JSON.parse(stdout);
  expect(html).toContain('<b>Ada</b>');
  expect(rendered).toBe(0);
  expect(connected).toBeGreaterThan(0);
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
