import type { UIMessage } from 'ai';
import { expect, test } from 'vitest';
import type { ViewMessage } from '../index';
import { toUiMessages } from './to-ui-messages';

const message = (fields: Partial<ViewMessage>): ViewMessage => ({
  ...{ key: 'key', id: 'id', senderId: 'ada', text: 'hello', roomId: 'room', serverId: 'server' },
  ...{ createdAt: 1, status: 'sent', source: 'socketio_client', ...fields },
});

const show = (fields: Partial<ViewMessage>): UIMessage[] => toUiMessages([message(fields)]);

test('messages of people are users’, with the id that this client gave its own', () => {
  expect(show({})).toEqual([{ id: 'id', role: 'user', parts: [{ type: 'text', text: 'hello' }] }]);
  expect(show({ clientMessageId: 'mine' })).toMatchObject([{ id: 'mine' }]);
  expect(show({ id: undefined, clientMessageId: undefined, status: 'pending' })).toMatchObject([
    { id: 'key' },
  ]);
});

test('answers under way are left out', () => {
  expect(show({ source: 'agent_response', isStreaming: true })).toEqual([]);
});

test('attachments are files, where they are any', () => {
  const attachments = [{ url: 'https://a.example/cat.png', type: 'image/png' }, { url: 7 }, 'x', null];
  expect(show({ attachments })).toMatchObject([
    { parts: [{ type: 'text' }, { type: 'file', url: 'https://a.example/cat.png', mediaType: 'image/png' }] },
  ]);
});

test('answers of agents are the assistant’s, with thoughts and tools', () => {
  const actions = [
    { type: 'WAVE' },
    { tool: { id: 'a', name: 'weather', input: { city: 'Oslo' }, output: 20 } },
    { tool: { id: 'b', name: 'clock', error: 'The tool failed.' } },
    { tool: { id: 'c', name: 'dice' } },
    ...[{ tool: { id: 7, name: 'x' } }, { tool: null }, null],
  ];
  expect(
    show({ source: 'agent_response', clientMessageId: 'turn', thought: 'A greeting.', actions }),
  ).toEqual([
    {
      id: 'id',
      role: 'assistant',
      parts: [
        { type: 'reasoning', text: 'A greeting.' },
        {
          ...{ type: 'dynamic-tool', toolCallId: 'a', toolName: 'weather', input: { city: 'Oslo' } },
          ...{ state: 'output-available', output: 20 },
        },
        {
          ...{ type: 'dynamic-tool', toolCallId: 'b', toolName: 'clock', input: null },
          ...{ state: 'output-error', errorText: 'The tool failed.' },
        },
        { type: 'dynamic-tool', toolCallId: 'c', toolName: 'dice', input: null, state: 'input-available' },
        { type: 'text', text: 'hello' },
      ],
    },
  ]);
});
