import pino from 'pino';
import { expect, test, vi } from 'vitest';
import type { AgentTool, OpenAiAgentOptions } from '../agents';
import {
  agentAt,
  ask,
  collect,
  contextOf,
  AGENT_ID as ID,
  startEndpoint,
  stream,
  streamAll,
  toCall,
  toChunk,
  toEvent,
  toMessage,
} from './test-endpoint';

const callTool = (id: string, name: string, argumentText: string) =>
  toChunk({ tool_calls: [{ index: 0, id, type: 'function', function: { name, arguments: argumentText } }] });

test('deltas of content are text, those of reasoning are thoughts, as they come', async () => {
  const { url } = await startEndpoint((response) =>
    streamAll(
      response,
      toChunk({ role: 'assistant', content: '' }),
      toChunk({ reasoning_content: 'A greeting.' }),
      toChunk({ reasoning: ' Greet back.' }),
      toChunk({ content: 'Hel' }),
      toChunk({ content: 'lo', reasoning_content: null }),
      toChunk({}, 'stop'),
      { ...toChunk({}), choices: [], usage: { total_tokens: 3 } },
      { ...toChunk({}), choices: null },
    ),
  );
  expect(await ask(agentAt(url))).toEqual([
    { thought: 'A greeting.' },
    { thought: ' Greet back.' },
    'Hel',
    'lo',
  ]);
});

test('a delta is passed on before the next one comes', async () => {
  let goOn = () => {};
  const { url } = await startEndpoint((response) => {
    stream(response, toChunk({ content: 'first' }));
    goOn = () => void response.end(toEvent(toChunk({ content: 'second' }, 'stop')));
  });
  const message = toMessage('hello');
  const parts = agentAt(url)
    .respond(message, contextOf([message]))
    [Symbol.asyncIterator]();
  expect(await parts.next()).toEqual({ done: false, value: 'first' });
  goOn();
  expect(await parts.next()).toEqual({ done: false, value: 'second' });
  expect(await parts.next()).toMatchObject({ done: true });
});

test('the endpoint is asked for a stream, with the key, the model, further fields and the conversation', async () => {
  const { url, requests } = await startEndpoint((response) => streamAll(response, toChunk({}, 'stop')));
  const agent = agentAt(`${url}/`, { apiKey: 'sk-1', system: 'Be short.', body: { temperature: 0.5 } });
  const backlog = [
    toMessage('hi'),
    toMessage('hello', { senderId: ID.toUpperCase() }),
    toMessage('how are you?'),
  ];
  expect(await collect(agent.respond(toMessage('how are you?'), contextOf(backlog)))).toEqual([]);
  expect(requests).toMatchObject([
    {
      path: '/v1/chat/completions',
      headers: { authorization: 'Bearer sk-1', 'content-type': 'application/json' },
    },
  ]);
  expect(requests[0]?.body).toEqual({
    ...{ model: 'test', stream: true, temperature: 0.5 },
    messages: [
      { role: 'system', content: 'Be short.' },
      { role: 'user', content: 'hi' },
      { role: 'assistant', content: 'hello' },
      { role: 'user', content: 'how are you?' },
    ],
  });
});

test('without a key none is sent; a query of the address stays', async () => {
  const { url, requests } = await startEndpoint((response) => streamAll(response, toChunk({}, 'stop')));
  await ask(agentAt(`${url}?api-version=1`));
  expect(requests[0]?.headers.authorization).toBeUndefined();
  expect(requests[0]?.path).toBe('/v1/chat/completions?api-version=1');
});

test('the history is as long as the options say', async () => {
  const { url, requests } = await startEndpoint((response) => streamAll(response, toChunk({}, 'stop')));
  const backlog = ['one', 'two', 'three', 'x'.repeat(50)].map((text) => toMessage(text));
  const answerWith = (options: Partial<OpenAiAgentOptions>) =>
    collect(agentAt(url, options).respond(toMessage('four'), contextOf(backlog)));
  await answerWith({ historyMessages: 2 });
  await answerWith({ historyCharacters: 10 });
  const contents = requests.map(({ body }) =>
    body.messages.map(({ content }: { content: string }) => content),
  );
  expect(contents).toEqual([['three', 'x'.repeat(50)], ['x'.repeat(50)]]);
});

const weather: AgentTool = {
  description: 'Tells the weather.',
  parameters: { type: 'object', properties: { city: { type: 'string' } } },
  run: ({ city }) => ({ city, degrees: 20 }),
};

test('tools are called with what deltas say together; their results go back to the model, which goes on', async () => {
  const { url, requests } = await startEndpoint((response, request) => {
    if (request > 0) return streamAll(response, toChunk({ content: 'It is 20 degrees.' }, 'stop'));
    return streamAll(
      response,
      toChunk({ content: 'Let me look.' }),
      toCall({ index: 0, id: 'call_1', type: 'function', function: { name: 'weather', arguments: '' } }),
      toCall({ index: 0, function: { arguments: '{"city":' } }),
      toCall({ index: 0, function: { arguments: '"Oslo"}' } }),
      toCall({ index: 1, id: 'call_2', type: 'function', function: { name: 'clock' } }),
      toChunk({}, 'tool_calls'),
    );
  });
  const agent = agentAt(url, { tools: { weather, clock: { run: () => 'noon' } } });
  expect(await ask(agent)).toEqual([
    'Let me look.',
    { tool: { id: 'call_1', name: 'weather', input: { city: 'Oslo' } } },
    { tool: { id: 'call_2', name: 'clock', input: {} } },
    { tool: { id: 'call_1', name: 'weather', output: { city: 'Oslo', degrees: 20 } } },
    { tool: { id: 'call_2', name: 'clock', output: 'noon' } },
    '\n\nIt is 20 degrees.',
  ]);
  expect(requests[0]?.body.tools).toEqual([
    {
      type: 'function',
      function: { name: 'weather', description: 'Tells the weather.', parameters: weather.parameters },
    },
    { type: 'function', function: { name: 'clock', parameters: { type: 'object' } } },
  ]);
  expect(requests[1]?.body.messages.slice(1)).toEqual([
    {
      role: 'assistant',
      content: 'Let me look.',
      tool_calls: [
        { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } },
        { id: 'call_2', type: 'function', function: { name: 'clock', arguments: '' } },
      ],
    },
    { role: 'tool', tool_call_id: 'call_1', content: '{"city":"Oslo","degrees":20}' },
    { role: 'tool', tool_call_id: 'call_2', content: 'noon' },
  ]);
});

test.each([
  ['have no index', [{ id: 'a' }, { id: 'b' }]],
  [
    'all have the index 0',
    [
      { id: 'a', index: 0 },
      { id: 'b', index: 0 },
    ],
  ],
  ['have no id', [{ index: 0 }, { index: 1 }]],
])('calls that %s are told apart', async (_how, [first, second]) => {
  const { url, requests } = await startEndpoint((response, request) => {
    if (request > 0) return streamAll(response, toChunk({ content: 'Done.' }, 'stop'));
    return streamAll(
      response,
      toCall({ ...first, function: { name: 'echo', arguments: '{"say":1}' } }),
      toCall({ ...second, function: { name: 'echo', arguments: '{"say":2}' } }),
      toChunk({}, 'stop'),
    );
  });
  const parts = await ask(agentAt(url, { tools: { echo: { run: ({ say }) => say } } }));
  expect(parts.slice(2)).toMatchObject([{ tool: { output: 1 } }, { tool: { output: 2 } }, 'Done.']);
  const ids = requests[1]?.body.messages
    .slice(-2)
    .map((message: { tool_call_id: string }) => message.tool_call_id);
  expect(new Set(ids).size).toBe(2);
});

test.each<[string, string, string, AgentTool['run'], string]>([
  ['fails', 'act', '{}', () => Promise.reject(new Error('password 123')), 'The tool failed.'],
  ['is not there', 'other', '{}', () => 1, 'There is no tool of this name.'],
  ['has the name of what every object has', 'toString', '{}', () => 1, 'There is no tool of this name.'],
  ['is called with half of its arguments', 'act', '{"a":', () => 1, 'The arguments are no JSON object.'],
  ['is called with an array', 'act', '[1]', () => 1, 'The arguments are no JSON object.'],
  ['gives back what is not JSON', 'act', '{}', () => 1n, 'The tool failed.'],
  [
    'gives back too much',
    'act',
    '{}',
    () => 'x'.repeat(65_536),
    'The tool gave back 65538 characters; at most 65536 are passed on.',
  ],
])('a tool that %s is an error that the model is told', async (_how, name, argumentText, run, error) => {
  const { url, requests } = await startEndpoint((response, request) =>
    request > 0
      ? streamAll(response, toChunk({ content: 'Sorry.' }, 'stop'))
      : streamAll(response, callTool('call_1', name, argumentText)),
  );
  const parts = await ask(agentAt(url, { tools: { act: { run } } }));
  expect(parts.slice(1)).toEqual([{ tool: { id: 'call_1', name, error } }, 'Sorry.']);
  expect(requests[1]?.body.messages.at(-1)).toEqual({
    ...{ role: 'tool', tool_call_id: 'call_1', content: `Error: ${error}` },
  });
});

test('a tool that gives back nothing is answered with null', async () => {
  const { url, requests } = await startEndpoint((response, request) =>
    request > 0
      ? streamAll(response, toChunk({ content: 'Done.' }, 'stop'))
      : streamAll(response, callTool('call_1', 'act', '{"__proto__":{"admin":true}}')),
  );
  const inputs: object[] = [];
  const act = (input: object) => void inputs.push(input);
  await ask(agentAt(url, { tools: { act: { run: act } } }));
  expect(requests[1]?.body.messages.at(-1)).toMatchObject({ content: 'null' });
  expect(Reflect.get(Object.prototype, 'admin')).toBeUndefined();
  expect(Object.getPrototypeOf(inputs[0])).toBe(Object.prototype);
});

test('of what a large input and output are, the room is shown the beginning, and the model all', async () => {
  const long = 'x'.repeat(10_000);
  const { url, requests } = await startEndpoint((response, request) =>
    request > 0
      ? streamAll(response, toChunk({ content: 'Done.' }, 'stop'))
      : streamAll(response, callTool('call_1', 'echo', JSON.stringify({ say: long }))),
  );
  const parts = await ask(agentAt(url, { tools: { echo: { run: ({ say }) => say } } }));
  expect(parts).toMatchObject([
    { tool: { input: `{"say":"${'x'.repeat(4_088)}…` } },
    { tool: { output: `"${'x'.repeat(4_095)}…` } },
    'Done.',
  ]);
  expect(requests[1]?.body.messages.at(-1)).toMatchObject({ content: long });
});

test('a model that asks for tools again and again is stopped', async () => {
  const { url, requests } = await startEndpoint((response) =>
    streamAll(response, callTool('call_1', 'act', '{}')),
  );
  const agent = agentAt(url, { tools: { act: { run: () => 1 } }, maxToolRounds: 2 });
  await expect(ask(agent)).rejects.toMatchObject({
    code: 'AGENT_FAILED',
    message: expect.stringMatching(/3 times in one answer.*`maxToolRounds`/),
  });
  expect(requests).toHaveLength(3);
});

test('the signal ends the request, and a tool is given it', async () => {
  const closed: string[] = [];
  const { url } = await startEndpoint((response) => {
    response.on('close', () => void closed.push('response'));
    stream(response, toChunk({ content: 'I am' }));
  });
  const controller = new AbortController();
  const message = toMessage('hello');
  const { signal } = controller;
  const parts = agentAt(url)
    .respond(message, contextOf([message], { signal }))
    [Symbol.asyncIterator]();
  await parts.next();
  const next = parts.next();
  controller.abort(new Error('stopped'));
  await expect(next).rejects.toThrow('stopped');
  await expect.poll(() => closed).toEqual(['response']);
});

test('who stops reading ends the request', async () => {
  const closed: string[] = [];
  const { url } = await startEndpoint((response) => {
    response.on('close', () => void closed.push('response'));
    stream(response, toChunk({ content: 'one' }));
  });
  for await (const part of agentAt(url).respond(toMessage('hello'), contextOf([]))) {
    expect(part).toBe('one');
    break;
  }
  await expect.poll(() => closed).toEqual(['response']);
});

test('a tool that is at work when the answer is no longer wanted ends it', async () => {
  const { url, requests } = await startEndpoint((response) =>
    streamAll(response, callTool('call_1', 'act', '{}')),
  );
  const controller = new AbortController();
  const run: AgentTool['run'] = (_input, { signal }) => {
    controller.abort(new Error('stopped'));
    signal.throwIfAborted();
  };
  const logger = pino({ level: 'silent' });
  const logError = vi.spyOn(logger, 'error');
  const { signal } = controller;
  const answering = ask(agentAt(url, { tools: { act: { run } } }), 'hello', { signal, logger });
  await expect(answering).rejects.toThrow('stopped');
  expect(requests).toHaveLength(1);
  expect(logError).not.toHaveBeenCalled();
});
