import type { AgentContext, AgentPart, Message } from '@wirepact/server';
import pino from 'pino';
import { expect, test } from 'vitest';
import { answerMessage, createEliza } from './eliza';
import { ELIZA_ID, LOBBY } from './lobby';
import { reflectPronouns } from './reflect-pronouns';

const toMessage = (text: string, senderId = 'ada', id = text): Message => ({
  ...{ id, text, senderId, senderName: senderId, channelId: LOBBY.id },
  ...{ serverId: '00000000-0000-0000-0000-000000000000', createdAt: 0, source: 'socketio_client' },
  ...{ epoch: 'e', seq: 0 },
});

function createContext(messages: readonly Message[], signal = new AbortController().signal): AgentContext {
  return {
    channelId: LOBBY.id,
    serverId: '00000000-0000-0000-0000-000000000000',
    history: async (limit = 20) => messages.slice(-limit),
    signal,
    logger: pino({ level: 'silent' }),
  };
}

test.each([
  ['I lost my keys', 'you lost your keys'],
  ['you remind me of my dog', 'I remind you of your dog'],
  ['I am what I was', 'you are what you were'],
  ['it was late', 'it was late'],
  ['I’m sure I trust you', 'you are sure you trust me'],
  ['myself and yours', 'yourself and mine'],
  ['constructor toString', 'constructor toString'],
])('turns “%s” round', (said, turned) => {
  expect(reflectPronouns(said)).toBe(turned);
});

test('the highest rank wins where several keywords match', () => {
  expect(answerMessage('Hello, my mother called', [], [])).toMatchObject({ rule: 'family', cue: 'mother' });
  expect(answerMessage('Hello', [], []).rule).toBe('greeting');
});

test('a sentence is taken apart and handed back', () => {
  const { text, rule } = answerMessage('I want to leave my job behind me. Soon.', [], []);
  expect(rule).toBe('work');
  expect(text).not.toContain('Soon');
  expect(answerMessage('I need a holiday from you', [], []).text).toBe(
    'What would a holiday from me change for you?',
  );
  expect(answerMessage('I can’t find my keys', [], []).text).toBe(
    'How do you know that you cannot find your keys?',
  );
});

test('answers rotate instead of repeating', () => {
  const said: string[] = [];
  for (let turn = 0; turn < 3; turn += 1) said.push(answerMessage('because', [], said).text);
  expect(new Set(said).size).toBe(3);
});

test('what was said earlier comes back where no rule matches', () => {
  expect(answerMessage('Hm.', ['I sold my bicycle.'], [])).toMatchObject({ rule: 'recall', cue: 'bicycle' });
  expect(answerMessage('Hm.', [], []).rule).toBe('fallback');
});

test('there is an answer to everything', () => {
  for (const text of ['', '?', '😀', '$1 $2', 'x'.repeat(10_000), 'I am', 'my'])
    expect(answerMessage(text, [], []).text.length).toBeGreaterThan(0);
});

const textsOf = (parts: readonly AgentPart[]) => parts.filter((part) => typeof part === 'string');

test('the agent gives its thought and its action beside the answer', async () => {
  const earlier = [toMessage('I sold my bicycle.'), toMessage('What for?', ELIZA_ID)];
  const message = toMessage('Hm.');
  const parts: AgentPart[] = [];
  const eliza = createEliza({ thinkingMs: 0 });
  for await (const part of eliza.respond(message, createContext([...earlier, message]))) parts.push(part);
  expect(parts).toEqual([
    { thought: expect.stringContaining('bicycle') },
    { action: { name: 'RECALL', about: 'bicycle' } },
    ...textsOf(parts),
  ]);
  expect(textsOf(parts).length).toBeGreaterThan(3);
  expect(textsOf(parts).join('')).toContain('your bicycle');
});

test('the agent stops thinking when its answer is no longer wanted', async () => {
  const abort = new AbortController();
  const message = toMessage('Hello');
  const eliza = createEliza({ thinkingMs: 60_000 });
  const first = eliza
    .respond(message, createContext([message], abort.signal))
    [Symbol.asyncIterator]()
    .next();
  abort.abort();
  await expect(first).rejects.toThrow('aborted');
});

test('addresses are not repeated', async () => {
  const message = toMessage('I remember https://example.org/a.b');
  const parts: AgentPart[] = [];
  for await (const part of createEliza({ thinkingMs: 0 }).respond(message, createContext([message])))
    parts.push(part);
  expect(textsOf(parts).join('')).toBe('Do you often think of that link?');
});
