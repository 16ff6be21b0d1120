import { type ChatServerOptions, createChatServer, createMemoryStore } from '@wirepact/server';
import pino from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { AGENT_ID as AGENT, scriptAgent } from '../../test/script-agent';
import { type Channel, type ChatClient, createChatClient, type ViewMessage } from '../index';

const CHANNEL = '123e4567-e89b-12d3-a456-426614174000';

/** A chat whose agent says what the test tells it to. */
async function startChat(options: ChatServerOptions = {}, port = 0) {
  const { agent, say } = scriptAgent();
  const logger = pino({ level: 'silent' });
  const chat = createChatServer({ logger, rateLimit: false, agents: [agent], ...options });
  onTestFinished(() => chat.close());
  const { url } = await chat.listen(port, '127.0.0.1');
  return { chat, url, say };
}

async function join(url: string): Promise<{ client: ChatClient; channel: Channel }> {
  const client = createChatClient(url, { transports: ['websocket'], reconnectionDelay: 5 });
  onTestFinished(() => client.close());
  return { client, channel: await client.join(CHANNEL, { history: 50 }) };
}

const newest = (channel: Channel): ViewMessage | undefined => channel.view.get().messages.at(-1);

/** Waits until the newest message is like this. */
const untilNewest = (channel: Channel, expected: object) =>
  expect.poll(() => newest(channel)).toMatchObject(expected);

describe('an answer under way', () => {
  test('[STREAMING-10] is a message that grows and becomes the final one, under one key', async () => {
    const { url, say } = await startChat();
    const { channel } = await join(url);
    const seen: ViewMessage[][] = [];
    channel.view.subscribe(({ messages }) =>
      seen.push(messages.filter(({ senderId }) => senderId === AGENT)),
    );
    const { messageId: question } = await channel.send('Hi');
    say('How ', { tool: { id: 't', name: 'look', input: 1 } });
    await untilNewest(channel, {
      text: 'How ',
      isStreaming: true,
      actions: [{ tool: { id: 't', input: 1 } }],
    });
    say({ tool: { id: 't', name: 'look', output: 2 } }, { thought: 'hm' });
    await untilNewest(channel, { thought: 'hm', actions: [{ tool: { id: 't', input: 1, output: 2 } }] });
    expect(channel.view.get().streams).toEqual([newest(channel)]);
    const { key, id } = newest(channel) ?? {};
    say('are you?', null);
    await untilNewest(channel, {
      key,
      id,
      text: 'How are you?',
      thought: 'hm',
      inReplyToMessageId: question,
    });
    await expect.poll(() => newest(channel)?.isStreaming).toBeUndefined();
    expect(newest(channel)).toMatchObject({ seq: 2, actions: [{ tool: { id: 't', input: 1, output: 2 } }] });
    expect(channel.view.get().streams).toEqual([]);
    const started = seen.slice(seen.findIndex((messages) => messages.length > 0));
    expect(started.every((messages) => messages.length === 1 && messages[0]?.key === key)).toBe(true);
    const texts = started.map(([message]) => message?.text ?? '');
    expect(texts.every((text) => 'How are you?'.startsWith(text))).toBe(true);
  });

  test.each([
    ['failed', [new Error('no')]],
    ['cancelled', []],
  ] as const)('[TURN-8] that is %s stays with what was said', async (incomplete, parts) => {
    const { url, say } = await startChat();
    const [{ channel }, { channel: other }] = [await join(url), await join(url)];
    const codes: string[] = [];
    other.on('messageStreamError', ({ code }) => codes.push(code));
    await channel.send('Hi');
    say('half of ');
    await untilNewest(other, { text: 'half of ', isStreaming: true });
    const { id = '' } = newest(other) ?? {};
    say(...parts);
    if (incomplete === 'cancelled') {
      expect(await other.cancel(id)).toBe(true);
      expect(await other.cancel(id)).toBe(false);
    }
    for (const one of [channel, other]) await untilNewest(one, { id, text: 'half of ', incomplete, seq: 2 });
    expect(newest(other)?.isStreaming).toBeUndefined();
    expect(codes).toEqual([incomplete === 'failed' ? 'AGENT_FAILED' : 'RESPONSE_CANCELLED']);
  });

  test('[TURN-8] in which nothing is said is gone when it ends', async () => {
    const { url, say } = await startChat();
    const { channel } = await join(url);
    await channel.send('Hi');
    await untilNewest(channel, { text: '', isStreaming: true });
    say(null);
    await untilNewest(channel, { text: 'Hi' });
    await channel.send('Again');
    await untilNewest(channel, { text: '', isStreaming: true });
    say(new Error('no'));
    await untilNewest(channel, { text: 'Again' });
  });

  test('[STREAMING-6] [STREAMING-10] is there for who joins late and who reconnects, and no character twice', async () => {
    const { url, say } = await startChat();
    const { client, channel } = await join(url);
    await channel.send('Hi');
    say('one ', { thought: 'a' });
    await untilNewest(channel, { text: 'one ', isStreaming: true });
    const { channel: late } = await join(url);
    await untilNewest(late, { text: 'one ', thought: 'a', isStreaming: true });
    client.disconnect();
    say('two ', { thought: 'b' });
    await untilNewest(late, { text: 'one two ', thought: 'ab' });
    expect(newest(channel)).toMatchObject({ text: 'one ', isStreaming: true });
    client.connect();
    await untilNewest(channel, { text: 'one two ', thought: 'ab', isStreaming: true });
    client.disconnect();
    say('three', null);
    await untilNewest(late, { text: 'one two three', seq: 2 });
    client.connect();
    await untilNewest(channel, { text: 'one two three', thought: 'ab', seq: 2 });
    expect(channel.view.get().messages).toHaveLength(2);
    expect(channel.view.get().streams).toEqual([]);
  });

  test('[TURN-7] [TURN-8] whose server restarts stays with what was said, under one key', async () => {
    const store = createMemoryStore();
    const { chat, url, say } = await startChat({ store, drainTimeoutMs: 10 });
    const { channel } = await join(url);
    await channel.send('Hi');
    say('half of ');
    await untilNewest(channel, { text: 'half of ', isStreaming: true });
    const { key } = newest(channel) ?? {};
    const keys = new Set<string | undefined>();
    channel.view.subscribe(({ messages }) => keys.add(messages.at(-1)?.key));
    await chat.close();
    await startChat({ store }, Number(new URL(url).port));
    await untilNewest(channel, { key, text: 'half of ', incomplete: 'failed', seq: 2 });
    expect(channel.view.get()).toMatchObject({ status: 'joined', streams: [] });
    expect(channel.view.get().messages).toHaveLength(2);
    expect([...keys]).toEqual([key]);
  });
});
