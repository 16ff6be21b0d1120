import { Writable } from 'node:stream';
import pino from 'pino';
import { expect, test } from 'vitest';
import { type AgentTool, createOpenAiAgent } from '../agents';
import { CHANNEL, hello, join, startChat } from '../chat/test-chat';
import { startEndpoint, stream, streamAll, toCall, toChunk } from './test-endpoint';

const KEY = 'sk-very-secret-key';
const agentAt = (url: string, tools?: Record<string, AgentTool>) =>
  createOpenAiAgent({
    tools,
    id: '00000000-0000-4000-8000-000000000001',
    name: 'Bot',
    url,
    model: 'test',
    apiKey: KEY,
  });

test('a model answers in a channel, and sees what was said in it', async () => {
  const { url: endpoint, requests } = await startEndpoint((response) =>
    streamAll(
      response,
      toChunk({ reasoning_content: 'Greet.' }),
      toChunk({ content: 'Hello, ' }),
      toChunk({ content: 'you.' }, 'stop'),
    ),
  );
  const { chat, url } = await startChat({ agents: [agentAt(endpoint)] });
  const client = await join(url);
  await client.ask('send_message', hello({ text: 'one' }));
  await client.waitFor('messageComplete');
  await client.ask('send_message', hello({ text: 'two' }));
  await client.waitFor('messageComplete', 2);
  const answer = { senderName: 'Bot', text: 'Hello, you.', source: 'agent_response' };
  expect(client.payloads('messageBroadcast')).toMatchObject([
    { text: 'one' },
    answer,
    { text: 'two' },
    answer,
  ]);
  expect(await chat.messages.list(CHANNEL, { limit: 1 })).toMatchObject([{ thought: 'Greet.' }]);
  expect(requests[1]?.body.messages).toEqual([
    { role: 'user', content: 'one' },
    { role: 'assistant', content: 'Hello, you.' },
    { role: 'user', content: 'two' },
  ]);
});

test('members see text and tools as they come, and the message has all of it', async () => {
  const { url: endpoint } = await startEndpoint((response, request) => {
    if (request > 0) return streamAll(response, toChunk({ content: 'It is noon.' }, 'stop'));
    const call = { index: 0, id: 'call_1', function: { name: 'clock', arguments: '{"zone":"UTC"}' } };
    return streamAll(response, toChunk({ content: 'Let me look.' }), toCall(call));
  });
  const { url } = await startChat({ agents: [agentAt(endpoint, { clock: { run: () => 'noon' } })] });
  const client = await join(url);
  await client.ask('send_message', hello());
  await client.waitFor('messageComplete');
  const chunks = client.payloads('messageStreamChunk').map(Object);
  expect(chunks.map(({ chunk }) => chunk).join('')).toBe('Let me look.\n\nIt is noon.');
  const tool = { id: 'call_1', name: 'clock' };
  expect(chunks.flatMap((chunk) => chunk.tool ?? [])).toEqual([
    { ...tool, input: { zone: 'UTC' } },
    { ...tool, output: 'noon' },
  ]);
  expect(client.payloads('messageBroadcast').at(-1)).toMatchObject({
    text: 'Let me look.\n\nIt is noon.',
    actions: [{ tool: { ...tool, input: { zone: 'UTC' }, output: 'noon' } }],
  });
});

test('a connection that is cut in mid-answer leaves what was said, marked so', async () => {
  const { url: endpoint } = await startEndpoint((response) => {
    stream(response, toChunk({ content: 'half of ' }));
    cut = () => void response.destroy();
  });
  let cut = () => {};
  const { url } = await startChat({ agents: [agentAt(endpoint)] });
  const client = await join(url);
  await client.ask('send_message', hello());
  await expect.poll(() => JSON.stringify(client.payloads('messageStreamChunk'))).toContain('half of ');
  cut();
  await client.waitFor('messageComplete');
  expect(client.payloads('messageStreamError')).toMatchObject([
    { code: 'AGENT_FAILED', partialText: 'half of ' },
  ]);
  expect(client.payloads('messageBroadcast').at(-1)).toMatchObject({
    text: 'half of ',
    incomplete: 'failed',
  });
});

test('a member who stops the answer ends the request', async () => {
  const ended: string[] = [];
  const { url: endpoint } = await startEndpoint((response) => {
    response.on('close', () => void ended.push('request'));
    stream(response, toChunk({ content: 'I am' }));
  });
  const { url } = await startChat({ agents: [agentAt(endpoint)] });
  const client = await join(url);
  await client.ask('send_message', hello());
  const { messageId } = Object(await client.waitFor('messageStreamChunk'));
  await client.ask('cancel_response', { channelId: CHANNEL, messageId });
  await expect.poll(() => ended).toEqual(['request']);
});

test('of an endpoint that refuses, the log says what to do and the room that the agent failed; neither has the key', async () => {
  const { url: endpoint } = await startEndpoint((response) => {
    response.writeHead(401, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { message: `Incorrect API key: ${KEY}` } }));
  });
  let log = '';
  const destination = new Writable({
    write(line, _encoding, done) {
      log += line;
      done();
    },
  });
  const { url } = await startChat({ agents: [agentAt(endpoint)], logger: pino(destination) });
  const client = await join(url);
  await client.ask('send_message', hello());
  await client.waitFor('messageComplete');
  expect(log).toContain('refused the key: check `apiKey`');
  expect(JSON.stringify(client.received)).toContain('AGENT_FAILED');
  expect(JSON.stringify(client.received)).not.toContain('apiKey');
  expect(log + JSON.stringify(client.received)).not.toContain(KEY);
});

test('a channel that is deleted ends the request', async () => {
  const ended: string[] = [];
  const { url: endpoint, requests } = await startEndpoint((response) => {
    response.on('close', () => void ended.push('request'));
    stream(response, toChunk({ content: 'I am' }));
  });
  const { chat, url } = await startChat({ agents: [agentAt(endpoint)] });
  const client = await join(url);
  await client.ask('send_message', hello());
  await expect.poll(() => requests).toHaveLength(1);
  await chat.channels.delete(CHANNEL);
  await expect.poll(() => ended).toEqual(['request']);
});
