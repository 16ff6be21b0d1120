import { Writable } from 'node:stream';
import pino from 'pino';
import { expect, test } from 'vitest';
import { createOpenAiAgent } from '../agents';
import { CHANNEL, hello, join, startChat } from '../chat/test-chat';
import { startEndpoint, stream, streamAll, toChunk } from './test-endpoint';

const KEY = 'sk-very-secret-key';
const agentAt = (url: string) =>
  createOpenAiAgent({
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
