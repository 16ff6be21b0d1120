import { createServer } from 'node:http';
import { createChatClient } from '@wirepact/client';
import { createLogStream } from '@wirepact/server';
import pino from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { ELIZA_ID, LOBBY } from '../lobby';
import { createDemoServer } from './demo-server';
import { listen } from './listen';
import { createModelAgent } from './model-agent';

test('without a model there is none, and Eliza answers', () => {
  expect(createModelAgent({ OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: 'http://localhost' })).toBeUndefined();
  expect(createModelAgent({ OPENAI_MODEL: '' })).toBeUndefined();
});

test('what cannot be is told with the names of the variables, and without the key', () => {
  const create = () => createModelAgent({ OPENAI_MODEL: 'test', OPENAI_API_KEY: 'sk-1 2' });
  expect(create).toThrow(
    /^OPENAI_MODEL, OPENAI_BASE_URL and OPENAI_API_KEY make no agent\. `apiKey` must be/,
  );
  expect(create).not.toThrow('sk-1');
});

test('a model answers in the lobby in Eliza’s place', async () => {
  const keys: unknown[] = [];
  const endpoint = createServer((request, response) => {
    keys.push(request.headers.authorization);
    request.resume();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: {"choices":[{"index":0,"delta":{"content":"Hello, "}}]}\n\n');
    response.end('data: {"choices":[{"index":0,"delta":{"content":"Ada."},"finish_reason":"stop"}]}\n\n');
  });
  const port = await listen(endpoint, { port: '0' });
  onTestFinished(() => void endpoint.close());
  const agent = createModelAgent({
    ...{ OPENAI_MODEL: 'test', OPENAI_BASE_URL: `http://localhost:${port}/v1`, OPENAI_API_KEY: 'sk-1' },
  });
  const demo = await createDemoServer({
    ...{ pageDirectory: 'public', logger: pino({ level: 'silent' }), logStream: createLogStream(), agent },
  });
  onTestFinished(() => demo.close());
  const url = `http://localhost:${await listen(demo.httpServer, { port: '0' })}`;
  const chat = createChatClient(url, { entityId: 'ada', entityName: 'Ada' });
  onTestFinished(() => chat.close());
  const answers: unknown[] = [];
  chat.on('messageBroadcast', ({ senderId, senderName, text }) => answers.push([senderId, senderName, text]));
  const lobby = await chat.join(LOBBY.id, { agentId: ELIZA_ID });
  await lobby.send('hello');
  await expect.poll(() => answers).toContainEqual([ELIZA_ID, 'Assistant', 'Hello, Ada.']);
  expect(keys).toEqual(['Bearer sk-1']);
});
