// @vitest-environment happy-dom
import type { Agent } from '@wirepact/server';
import { expect, onTestFinished, test } from 'vitest';
import { countListeners } from '../../test/count-listeners';
import { QUICK, serveChat } from '../../test/react-chat';
import { mount } from '../../test/react-root';
import { CHANNEL, MESSAGE, SocketServer } from '../../test/socket-server';
import { createChatClient } from '../index';
import {
  type AgentStream,
  ChatProvider,
  useAgentStream,
  useChannel,
  useMessages,
  useSendMessage,
} from './index';

const AGENT = '987fcdeb-51a2-43f1-b012-123456789abc';

/** An agent that says a part with each `next`, and ends with `end`. */
function createAgent() {
  let tell = (_part?: string) => {};
  const parts = new ReadableStream<string>({
    start(controller) {
      tell = (part) => (part === undefined ? controller.close() : controller.enqueue(part));
    },
  });
  const agent: Agent = {
    id: AGENT,
    name: 'Echo',
    async *respond(_message, { signal }) {
      const reader = parts.getReader();
      const stopped = new Promise<undefined>((resolve) => {
        signal.addEventListener('abort', () => resolve(undefined));
      });
      try {
        for (;;) {
          const part = await Promise.race([reader.read(), stopped]);
          if (!part || part.done) return;
          yield part.value;
        }
      } finally {
        reader.releaseLock();
      }
    },
  };
  return { agent, say: (part: string) => tell(part), end: () => tell() };
}

async function show() {
  const { agent, say, end } = createAgent();
  const { url } = await serveChat({ agents: [agent] });
  const seen = {} as { stream: AgentStream; send: (text: string) => unknown; renders: number };
  seen.renders = 0;
  function Buttons() {
    seen.stream = useAgentStream(CHANNEL);
    seen.renders += 1;
    return seen.stream.isStreaming ? 'Stop' : '';
  }
  function List() {
    useChannel(CHANNEL, { agentId: AGENT });
    seen.send = useSendMessage(CHANNEL).send;
    return useMessages(CHANNEL).messages.map(({ key, text, isStreaming, incomplete }) => (
      <i key={key}>{`${text}${isStreaming ? '…' : (incomplete ?? '')}|`}</i>
    ));
  }
  const { client, count } = countListeners(createChatClient(url, QUICK));
  const page = mount(
    <ChatProvider client={client}>
      <List />
      <Buttons />
    </ChatProvider>,
  );
  return { page, seen, say, end, count, client };
}

test('an answer is there as it is given, and becomes the message', async () => {
  const { page, seen, say, end, count, client } = await show();
  await expect.poll(() => seen.stream?.answers).toEqual([]);
  seen.send('Hello!');
  say('How ');
  await expect.poll(page.text).toBe('Hello!|How …|Stop');
  say('are you?');
  await expect.poll(page.text).toBe('Hello!|How are you?…|Stop');
  expect(seen.stream.answers).toEqual([
    expect.objectContaining({ text: 'How are you?', senderName: 'Echo' }),
  ]);
  end();
  await expect.poll(page.text).toBe('Hello!|How are you?|');
  expect(seen.stream.answers).toEqual([]);
  page.unmount();
  await expect.poll(count).toBe(0);
  client.close();
});

test('stop ends the answer for everybody, and keeps what was said', async () => {
  const { page, seen, say, client } = await show();
  await expect.poll(() => seen.stream?.answers).toEqual([]);
  seen.send('Hello!');
  say('Well, ');
  await expect.poll(page.text).toBe('Hello!|Well, …|Stop');
  const { stop } = seen.stream;
  await stop();
  await expect.poll(page.text).toBe('Hello!|Well, cancelled|');
  expect([seen.stream.stop, seen.stream.error]).toEqual([stop, undefined]);
  await stop();
  client.close();
});

test('a message, of this client or of others, does not render who looks at answers alone', async () => {
  const { page, seen, say, end, client } = await show();
  await expect.poll(() => seen.stream?.answers).toEqual([]);
  seen.send('Hello!');
  say('Well, ');
  await expect.poll(page.text).toBe('Hello!|Well, …|Stop');
  const before = seen.renders;
  seen.send('Go on');
  await expect.poll(page.text).toBe('Hello!|Go on|Well, …|Stop');
  expect(seen.renders).toBe(before);
  end();
  client.close();
});

test('an answer that has ended streams no more, also before its message has come', async () => {
  const server = await SocketServer.start();
  onTestFinished(() => server.close());
  const seen: boolean[] = [];
  function Buttons() {
    const { isStreaming } = useAgentStream(CHANNEL);
    if (seen.at(-1) !== isStreaming) seen.push(isStreaming);
    return useMessages(CHANNEL).messages.map(({ text }) => text);
  }
  const page = mount(
    <ChatProvider url={server.url} options={QUICK}>
      <Buttons />
    </ChatProvider>,
  );
  await server.until(() => server.events.includes('list_messages'));
  const place = { channelId: CHANNEL, messageId: MESSAGE, agentId: AGENT, inReplyToMessageId: MESSAGE };
  const chunk = { ...place, chunk: 'Well, ', index: 0, offset: 0, senderName: 'Echo' };
  server.socket.emit('messageStreamChunk', chunk);
  await expect.poll(page.text).toBe('Well, ');
  await expect.poll(() => seen).toEqual([false, true]);
  const error = { ...place, code: 'AGENT_FAILED', error: 'It failed.', partialText: 'Well, ' };
  server.socket.emit('messageStreamError', error);
  await expect.poll(() => seen).toEqual([false, true, false]);
  expect(page.text()).toBe('Well, ');
});
