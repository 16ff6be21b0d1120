import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createChatClient } from '@wirepact/client';
import { expect, onTestFinished, test } from 'vitest';
import { readCodeBlocks, runCodeBlock, writeModule } from './code-blocks';

const [plain = '', tools = '', sdk = '', host = '', elsewhere = ''] =
  readCodeBlocks('docs/agent-adapters.md');
const AGENT = '123e4567-e89b-42d3-a456-426614174000';
const CHANNEL = '123e4567-e89b-12d3-a456-426614174000';

/** An endpoint that answers each request with the next of `answers`, deltas each; what it was asked. */
async function startEndpoint(...answers: object[][]) {
  const requests: unknown[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    let text = '';
    for await (const piece of request.setEncoding('utf8')) text += piece;
    requests.push(JSON.parse(text));
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const delta of answers[requests.length - 1] ?? [])
      response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta }] })}\n\n`);
    response.end('data: [DONE]\n\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, requests };
}

/** What the agent answers in a channel of the server that a block exports as `chat`. */
async function talk({ chat }: Record<string, unknown>, text: string): Promise<unknown[]> {
  const server = Object(chat);
  onTestFinished(() => server.close());
  const url = server.url ?? (await server.listen(0)).url;
  const client = createChatClient(url, { entityId: 'bob' });
  onTestFinished(() => client.close());
  const answers: unknown[] = [];
  client.on('messageBroadcast', (message) => {
    if (message.senderId === AGENT) answers.push(message.text);
  });
  const channel = await client.join(CHANNEL);
  await channel.send(text);
  await expect.poll(() => answers).toHaveLength(1);
  return answers;
}

test('the agent of an endpoint answers', async () => {
  const { url, requests } = await startEndpoint([{ content: 'Hel' }, { content: 'lo!' }]);
  const block = await runCodeBlock(plain.replace('await chat.listen(3000);', ''), {
    'http://localhost:11434/v1': url,
  });
  expect(await talk(block, 'hi')).toEqual(['Hello!']);
  expect(requests).toMatchObject([
    { model: 'llama3.2', stream: true, messages: [{ role: 'user', content: 'hi' }] },
  ]);
});

test('the tool is run, and the model is told the time', async () => {
  const call = { index: 0, id: 'a', function: { name: 'getTime', arguments: '{"timeZone":"Europe/Oslo"}' } };
  const { url, requests } = await startEndpoint([{ tool_calls: [call] }], [{ content: 'It is late.' }]);
  const block = await runCodeBlock(tools, { 'process.env.OPENAI_BASE_URL': `'${url}'` });
  expect(await talk(block, 'How late is it?')).toEqual(['It is late.']);
  const result = Object(requests[1]).messages.at(-1);
  expect(result).toMatchObject({ role: 'tool', content: expect.stringMatching(/^\d+:\d\d:\d\d\s[AP]M$/) });
});

test('the agent of the AI SDK answers', async () => {
  const model = writeModule(
    'agent-adapters-model',
    `import { simulateReadableStream } from 'ai';
     import { MockLanguageModelV3 } from 'ai/test';
     const chunks = [
       { type: 'text-start', id: '1' },
       { type: 'text-delta', id: '1', delta: 'Hello!' },
       { type: 'text-end', id: '1' },
       { type: 'finish', finishReason: { unified: 'stop' }, usage: { inputTokens: {}, outputTokens: {} } },
     ];
     export const model = new MockLanguageModelV3({ doStream: async () => ({ stream: simulateReadableStream({ chunks }) }) });`,
  );
  const block = await runCodeBlock(sdk, {
    "const model = 'openai/gpt-4.1-mini';": `import { model } from '${model}';`,
  });
  expect(await talk(block, 'hi')).toEqual(['Hello!']);
});

test('an agent that relays either is under 15 lines', () => {
  const linesOf = (block: string) =>
    block
      .slice(block.indexOf('const '))
      .split(/export const/)[0]
      ?.trim()
      .split('\n').length;
  expect(linesOf(plain)).toBeLessThan(15);
  expect(linesOf(sdk)).toBeLessThan(15);
});

test('the agent in another process answers where the host lets it, and only it', async () => {
  const block = await runCodeBlock(host.replace('await chat.listen(3000);', ''), {
    'process.env.AGENT_TOKEN': "'secret'",
  });
  const server = Object(block.chat);
  onTestFinished(() => server.close());
  const { url } = await server.listen(0);
  const { running } = await runCodeBlock(elsewhere, {
    'http://localhost:3000': url,
    'process.env.AGENT_TOKEN': "'secret'",
  });
  onTestFinished(() => Object(running).stop());
  const client = createChatClient(url, { auth: { name: 'bob' } });
  onTestFinished(() => client.close());
  const answers: string[] = [];
  client.on('messageBroadcast', ({ senderId, text }) => void (senderId === AGENT && answers.push(text)));
  const channel = await client.join(CHANNEL);
  const { messageId, seq = 0 } = await channel.send('hi');
  await expect.poll(() => answers).toEqual(['You said: hi There are 1 messages so far.']);
  const own = { channelId: CHANNEL, inReplyToMessageId: messageId, seq, entityId: 'bob', entityName: 'Bob' };
  await expect(client.request('begin_answer', own)).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
