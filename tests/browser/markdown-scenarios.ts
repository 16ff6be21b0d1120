import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createChatClient } from '@wirepact/client';
import { expect, onTestFinished } from 'vitest';
import { listAccessibilityFaults } from './accessibility';
import { type ChatWindow, measureOverflow } from './chat-window';
import type { Open } from './delivery-scenarios';

const RESULTS = fileURLToPath(new URL('../test-results/', import.meta.url));

const SHOWCASE = `# What goes out on Friday

- **Streams** that can be stopped, see [the guide](https://example.org/guide)
- \`useAgentStream\` of the hooks
  1. in React 18
  2. and in 19

> Not before the tests are green.

| what | who |
|---|---|
| client | Ada |
| server | Grace |

\`\`\`ts
const { seq } = await client.request('move_card', move);
\`\`\``;

/** Each would end in `hacked` on the page, or in a request, if it were more than text. */
const HOSTILE = `Hostile:
<script>window.hacked = 1</script>
<img src="/api/x" onerror="window.hacked = 2">
<svg onload="window.hacked = 3"></svg>
[click me](javascript:window.hacked=4) ![picture](https://example.org/tracker.png)
<a href="javascript:window.hacked=5">html link</a>`;

const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Files that came with a message are links, pictures that came whole are shown. */
export async function seeAttachments(open: Open, demoUrl: string): Promise<void> {
  const id = randomUUID();
  const ada = await open('Ada', `${demoUrl}/#${id}`);
  const chat = createChatClient(demoUrl, { entityId: 'bob', entityName: 'Bob' });
  onTestFinished(() => chat.close());
  const channel = await chat.join(id);
  const attachments = [
    { url: 'https://example.org/plan.pdf', type: 'application/pdf', title: 'The plan' },
    { url: PIXEL, type: 'image/png', title: 'A pixel' },
  ];
  await channel.send('Two files', { attachments });
  const files = ada.message('Two files').getByRole('list', { name: 'Attachments' });
  await files.getByRole('link', { name: 'The plan' }).waitFor();
  const picture = files.getByRole('img', { name: 'A pixel' });
  await expect.poll(() => picture.evaluate((image) => Reflect.get(image, 'naturalWidth'))).toBe(1);
  expect(await listAccessibilityFaults(ada.page)).toEqual([]);
}

/** What people write is shown as the Markdown it is; what is written to harm is text. */
export async function readMarkdown(open: (name: string) => Promise<ChatWindow>): Promise<void> {
  const ada = await open('Ada');
  const { page } = ada;
  const requested: string[] = [];
  page.on('request', (request) => requested.push(request.url()));
  await ada.say(SHOWCASE);
  const shown = ada.messages.locator('[data-message-id]').filter({ hasText: 'What goes out on Friday' });
  await shown.getByRole('table').waitFor();
  expect(await shown.getByRole('listitem').count()).toBe(4);
  expect(await shown.getByRole('link').getAttribute('rel')).toBe('noopener noreferrer nofollow');

  await ada.say(HOSTILE);
  const hostile = ada.messages.locator('[data-message-id]').filter({ hasText: 'Hostile:' });
  await hostile.getByText('<script>window.hacked = 1</script>').waitFor();
  await hostile.getByText('click me').click();
  await hostile.getByText('html link').click();
  const text = hostile.locator('.message__text');
  expect(await text.locator('script, img, svg, [onerror], [onload]').count()).toBe(0);
  // What is left of the picture is a link to it.
  expect(await text.getByRole('link').allTextContents()).toEqual(['picture']);
  expect(await page.evaluate('window.hacked')).toBeUndefined();
  expect(requested.filter((url) => /tracker|api\/x/.test(url))).toEqual([]);

  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: `${RESULTS}demo-markdown-${colorScheme}.png` });
    expect(await listAccessibilityFaults(page)).toEqual([]);
  }
  expect(await measureOverflow(page)).toBe(0);
}
