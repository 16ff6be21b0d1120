import type { MessageStreamChunk } from '@wirepact/protocol';
import { describe, expect, test } from 'vitest';
import { useChatFixture } from '../../../test/chat-fixture';
import { CHANNEL, success } from '../../../test/socket-server';
import { enterStreams, followStream } from './answer-streams';
import { addPage, changeChannel, enter, requestPage, takeEvent } from './channel-changes';
import type { StreamEvent } from './channel-events';
import { type ChannelChange, type ChannelModel, createChannelModel, toView } from './channel-model';
import { queue } from './outgoing-changes';

const SERVER = '00000000-0000-0000-0000-000000000000';
const ANSWER = '0192f0c1-7b1e-7c3a-9d55-8f2f3a1b4c5d';
const QUESTION = '0192f0c1-7b1d-7c3a-9d55-8f2f3a1b4c5d';
const AGENT = '987fcdeb-51a2-43f1-b012-123456789abc';
const place = { roomId: CHANNEL, serverId: SERVER };

const subject = { messageId: ANSWER, agentId: AGENT, senderName: 'Eliza', inReplyToMessageId: QUESTION };
const toChunk = (offset: number, chunk: string, fields: object = {}): MessageStreamChunk => ({
  ...{ ...subject, channelId: CHANNEL, index: 0, offset, chunk, ...fields },
});
const stream = (event: StreamEvent) => followStream(event, place);
const chunk = (offset: number, text: string, fields: object = {}) =>
  stream({ event: 'messageStreamChunk', payload: toChunk(offset, text, fields) });
const complete = stream({
  event: 'messageComplete',
  payload: { channelId: CHANNEL, serverId: SERVER, messageId: ANSWER },
});
const error = (partialText?: string) =>
  stream({
    event: 'messageStreamError',
    payload: {
      ...{ messageId: ANSWER, channelId: CHANNEL, agentId: AGENT, inReplyToMessageId: QUESTION },
      ...{ code: 'AGENT_FAILED', error: 'No.', ...(partialText !== undefined && { partialText }) },
    },
  });
const broadcast = (text: string) => ({
  ...{ id: ANSWER, senderId: AGENT, senderName: 'Eliza', text, ...place, createdAt: 1, source: 'x' },
  ...{ seq: 1, epoch: 'e' },
});
const message = (text: string) => takeEvent({ event: 'messageBroadcast', payload: broadcast(text) });
const cleared = takeEvent({
  event: 'channelCleared',
  payload: { channelId: CHANNEL, seq: 2, epoch: 'e' },
});
const joined = (text: string) => enterStreams([{ ...subject, text, tools: [], nextIndex: 1 }], place);
const nothing = enterStreams([], place);

const reduce = (...actions: ChannelChange[]): ChannelModel =>
  actions.reduce(changeChannel, changeChannel(createChannelModel(100), entered));
const entered = enter({ epoch: 'e', seq: 0 });
const shown = (model: ChannelModel) =>
  toView(model, 'joined').messages.map(({ text, isStreaming }) => (isStreaming ? `${text}…` : text));

describe('[STREAMING-10] of a chunk is added', () => {
  test.each<[string, ChannelChange[], string[]]>([
    ['all, where it continues the text', [chunk(0, 'one '), chunk(4, 'two')], ['one two…']],
    ['nothing, where it is known', [chunk(0, 'one '), chunk(4, 'two'), chunk(0, 'one ')], ['one two…']],
    ['what is beyond the text', [chunk(0, 'one tw'), chunk(4, 'two')], ['one two…']],
    ['nothing, where text is missing before it', [chunk(0, 'one '), chunk(8, 'three')], ['one …']],
    ['nothing, where the beginning is missing', [chunk(8, 'three')], []],
    [
      'what follows a snapshot',
      [joined('one two '), chunk(4, 'two '), chunk(8, 'three')],
      ['one two three…'],
    ],
  ])('%s', (_what, actions, expected) => {
    expect(shown(reduce(...actions))).toEqual(expected);
  });
});

test('an answer under way goes on where the messages before it are cleared', () => {
  expect(shown(reduce(chunk(0, 'one '), cleared, chunk(4, 'two')))).toEqual(['one two…']);
});

test('[STREAMING-6] an answer that a join names is not shown once the history has its message', () => {
  const messages = [broadcast('one two')];
  const loaded = addPage(1, { epoch: 'e', seq: 1, messages, hasMore: false });
  const actions = [enter({ epoch: 'e', seq: 1 }), joined('one two'), requestPage(1), loaded];
  const model = actions.reduce(changeChannel, createChannelModel(100));
  expect(shown(model)).toEqual(['one two']);
  expect(model.streams).toEqual([]);
});

describe('[TURN-8] after its end a turn has no more chunks', () => {
  test.each<[string, ChannelChange[], string[]]>([
    ['its message', [chunk(0, 'one '), message('one two')], ['one two']],
    ['an error, where nothing was said', [chunk(0, ''), error()], []],
    ['an error, where something was', [chunk(0, 'one '), error('one ')], ['one ']],
    ['a complete one with nothing said', [chunk(0, ''), complete], []],
    ['a complete one whose message is yet to come', [chunk(0, 'one '), complete], ['one ']],
    ['its message and all the rest', [chunk(0, 'one '), error('one '), message('one '), complete], ['one ']],
    ['its message, deleted since', [message('one'), deleted()], []],
    ['an error, and its message cleared before it came', [chunk(0, 'one '), error('one '), cleared], []],
  ])('%s', (_what, actions, expected) => {
    const model = reduce(...actions);
    expect(shown(model)).toEqual(expected);
    if (actions.length > 1 && !_what.includes('deleted'))
      expect(shown(changeChannel(model, chunk(0, 'one two three')))).toEqual(expected);
  });

  test('nor where a join does not know it any more', () => {
    expect(shown(reduce(chunk(0, 'one '), nothing))).toEqual([]);
    expect(shown(reduce(chunk(0, 'one '), message('one two'), joined('one ')))).toEqual(['one two']);
  });

  function deleted(): ChannelChange {
    return takeEvent({
      event: 'messageDeleted',
      payload: { messageId: ANSWER, channelId: CHANNEL, seq: 2, epoch: 'e' },
    });
  }
});

test('answers stand behind what is stored and before what waits, and go with their channel', () => {
  const own = queue({
    ...{ key: 'k', clientMessageId: 'k', text: 'mine', senderId: 'me', createdAt: 1 },
    ...{ status: 'pending', ...place },
  });
  const model = reduce(own, chunk(0, 'one '));
  expect(shown(model)).toEqual(['one …', 'mine']);
  const gone = takeEvent({
    event: 'channelDeleted',
    payload: { channelId: CHANNEL, seq: 1, epoch: 'e' },
  });
  expect(shown(changeChannel(model, gone))).toEqual(['mine']);
});

describe('on the wire', () => {
  const fixture = useChatFixture();

  test('[STREAMING-10] missing text is asked for by joining again, once an answer', async () => {
    const channel = await fixture.client().join(CHANNEL);
    const { socket } = fixture.server;
    const streams = [{ ...subject, text: 'one two ', tools: [], nextIndex: 2 }];
    fixture.server.answers.join_channel = () => success({ channelId: CHANNEL, streams });
    socket.emit('messageStreamChunk', toChunk(8, 'three '));
    await expect.poll(() => channel.view.get().streams).toMatchObject([{ text: 'one two ' }]);
    socket.emit('messageStreamChunk', toChunk(8, 'three '));
    await expect.poll(() => channel.view.get().streams).toMatchObject([{ text: 'one two three ' }]);
    socket.emit('messageStreamChunk', toChunk(100, 'later'));
    socket.emit('messageStreamChunk', toChunk(14, 'four'));
    await expect.poll(() => channel.view.get().streams).toMatchObject([{ text: 'one two three four' }]);
    expect(fixture.server.payloadsOf('join_channel')).toHaveLength(2);
  });
});
