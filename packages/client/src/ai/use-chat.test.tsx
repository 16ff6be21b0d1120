// @vitest-environment happy-dom
import { useChat } from '@ai-sdk/react';
import { type Agent, createChatServer } from '@wirepact/server';
import pino from 'pino';
import { useState } from 'react';
import { expect, onTestFinished, test } from 'vitest';
import { mount } from '../../test/react-root';
import { createChatTransport } from '../ai';
import { createChatClient } from '../index';

const CHANNEL = '123e4567-e89b-12d3-a456-426614174000';

/** A chat page as the AI SDK has people write it. */
function Page({ url }: { readonly url: string }) {
  const [transport] = useState(() => {
    const client = createChatClient(url, { entityId: 'ada' });
    onTestFinished(() => client.close());
    return createChatTransport(client);
  });
  const { messages, sendMessage, status } = useChat({ id: CHANNEL, transport, resume: true });
  return (
    <>
      <button type="button" onClick={() => sendMessage({ text: 'Hi' })}>
        {status}
      </button>
      {messages.map(({ id, role, parts }) => (
        <p key={id}>
          {role}: {parts.map((part) => (part.type === 'text' ? part.text : ''))}
        </p>
      ))}
    </>
  );
}

test('`useChat` sends, shows the answer as it comes, and finds it again after a reload, also where React is strict', async () => {
  let say = (_text: string | null) => {};
  const agent: Agent = {
    id: '987fcdeb-51a2-43f1-b012-123456789abc',
    name: 'Eliza',
    async *respond() {
      for (;;) {
        const text = await new Promise<string | null>((resolve) => {
          say = resolve;
        });
        if (text === null) return;
        yield text;
      }
    },
  };
  const server = createChatServer({ agents: [agent], logger: pino({ level: 'silent' }), drainTimeoutMs: 0 });
  onTestFinished(() => server.close());
  const { url } = await server.listen(0, '127.0.0.1');
  const page = mount(<Page url={url} />);
  await expect.poll(() => page.text()).toBe('ready');
  page.element.querySelector('button')?.click();
  await expect.poll(() => page.text()).toBe('submitteduser: Hi');
  await expect.poll(() => server.messages.list(CHANNEL, { limit: 1 })).toHaveLength(1);
  say('How ');
  await expect.poll(() => page.text()).toBe('streaminguser: Hiassistant: How ');
  page.unmount();
  const again = mount(<Page url={url} />);
  await expect.poll(() => again.text()).toBe('streamingassistant: How ');
  say('are you?');
  await expect.poll(() => again.text()).toBe('streamingassistant: How are you?');
  say(null);
  await expect.poll(() => again.text()).toBe('readyassistant: How are you?');
});
