// @vitest-environment happy-dom
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Agent, createChatServer } from '@wirepact/server';
import pino from 'pino';
import type { ComponentType } from 'react';
import { expect, onTestFinished, test } from 'vitest';
import { type Mounted, mount } from '../../test/react-root';

const CHANNEL = '123e4567-e89b-12d3-a456-426614174000';

/** The page of the documents, with the server of a test, as a module that is loaded anew each time. */
async function loadPage(url: string): Promise<ComponentType<{ channelId: string }>> {
  const document = await readFile(join(import.meta.dirname, '../../../../docs/agent-adapters.md'), 'utf8');
  const [, block = ''] = /^```tsx\n(.*?)^```$/ms.exec(document) ?? [];
  const replaced = block
    .replace('http://localhost:3000', url)
    .replace("'@wirepact/client'", `'${join(import.meta.dirname, '../index.ts')}'`)
    .replace("'@wirepact/client/ai'", `'${join(import.meta.dirname, '../ai.ts')}'`);
  const folder = join(import.meta.dirname, '../../test-results');
  await mkdir(folder, { recursive: true });
  const file = join(folder, `use-chat-${process.pid}-${randomUUID()}.tsx`);
  await writeFile(file, `${replaced}\nexport { client };`);
  const { Page, client } = await import(/* @vite-ignore */ file);
  onTestFinished(() => client.close());
  return Page;
}

const click = ({ element }: Mounted, label: string) =>
  [...element.querySelectorAll('button')].find(({ textContent }) => textContent === label)?.click();

test('`useChat` sends, shows the answer as it comes, and finds it again after a reload, also where React is strict', async () => {
  let say = (_text: string) => {};
  const agent: Agent = {
    id: '987fcdeb-51a2-43f1-b012-123456789abc',
    name: 'Eliza',
    async *respond() {
      for (;;) {
        yield await new Promise<string>((resolve) => {
          say = resolve;
        });
      }
    },
  };
  const server = createChatServer({ agents: [agent], logger: pino({ level: 'silent' }), drainTimeoutMs: 0 });
  onTestFinished(() => server.close());
  const { url } = await server.listen(0, '127.0.0.1');
  const [Page, PageAgain] = [await loadPage(url), await loadPage(url)];
  const page = mount(<Page channelId={CHANNEL} />);
  await expect.poll(() => page.text()).toBe('Say hello');
  click(page, 'Say hello');
  await expect.poll(() => page.text()).toMatch(/^user: Hello!/);
  await expect.poll(() => server.messages.list(CHANNEL, { limit: 1 })).toHaveLength(1);
  say('How ');
  await expect.poll(() => page.text()).toBe('user: Hello!assistant: How Say helloStop');
  page.unmount();
  const again = mount(<PageAgain channelId={CHANNEL} />);
  await expect.poll(() => again.text()).toBe('assistant: How Say helloStop');
  say('are you?');
  await expect.poll(() => again.text()).toBe('assistant: How are you?Say helloStop');
  click(again, 'Stop');
  await expect.poll(() => again.text()).toBe('assistant: How are you?Say hello');
  await expect
    .poll(() => server.messages.list(CHANNEL, { limit: 1 }))
    .toMatchObject([{ incomplete: 'cancelled' }]);
});
