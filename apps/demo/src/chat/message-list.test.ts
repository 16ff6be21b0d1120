import { WirepactError } from '@wirepact/contract';
import { expect, test } from 'vitest';
import {
  EMPTY_MESSAGE_LIST,
  type MessageList,
  type MessageListAction,
  reduceMessageList,
  type SentMessage,
} from './message-list';

const toMessage = (id: string, createdAt: number, more: Partial<SentMessage> = {}): SentMessage => ({
  ...{ id, createdAt, text: id, senderId: 'ada', senderName: 'Ada', source: 'socketio_client' },
  ...{ roomId: 'room', serverId: 'server' },
  ...more,
});

const a = toMessage('a', 1);
const b = toMessage('b', 2);
const c = toMessage('c', 3);
const refusal = new WirepactError('RATE_LIMITED', 'Too many requests.', { retryable: true });

const play = (...actions: MessageListAction[]): MessageList =>
  actions.reduce(reduceMessageList, EMPTY_MESSAGE_LIST);
const idsOf = ({ sent }: MessageList) => sent.map(({ id }) => id);
const load = (request: number, ...messages: SentMessage[]): MessageListAction[] => [
  { type: 'historyRequested', request },
  { type: 'historyLoaded', request, messages, hasOlder: false },
];

const WRITTEN = { type: 'written', clientMessageId: 'mine', text: 'hi', createdAt: 5 } as const;

test('an own message leaves the outgoing ones when its broadcast comes, and its receipt adds nothing', () => {
  const own = toMessage('own', 6, { clientMessageId: 'mine' });
  const broadcast = play(WRITTEN, { type: 'received', message: own });
  expect(broadcast).toMatchObject({ sent: [own], outgoing: [], thinking: 1 });
  const acknowledged = reduceMessageList(broadcast, {
    type: 'acknowledged',
    clientMessageId: 'mine',
    message: toMessage('own', 6),
  });
  expect(acknowledged).toBe(broadcast);
});

test('a receipt alone is enough, and a later broadcast does not repeat the message', () => {
  const own = toMessage('own', 6);
  const list = play(
    WRITTEN,
    { type: 'acknowledged', clientMessageId: 'mine', message: own },
    { type: 'received', message: { ...own, clientMessageId: 'mine' } },
  );
  expect(list).toMatchObject({ outgoing: [] });
  expect(idsOf(list)).toEqual(['own']);
});

test('a message that failed stays until it is sent again or discarded', () => {
  const failed = play(WRITTEN, { type: 'failed', clientMessageId: 'mine', error: refusal });
  expect(failed.outgoing[0]?.error?.code).toBe('RATE_LIMITED');
  const retried = reduceMessageList(failed, { type: 'retried', clientMessageId: 'mine' });
  expect(retried.outgoing[0]?.error).toBeUndefined();
  expect(reduceMessageList(failed, { type: 'discarded', clientMessageId: 'mine' }).outgoing).toEqual([]);
});

test('what arrives while history is on its way is kept once, in order', () => {
  const list = play(
    { type: 'historyRequested', request: 1 },
    { type: 'received', message: c },
    { type: 'received', message: b },
    { type: 'historyLoaded', request: 1, messages: [a, b], hasOlder: true },
  );
  expect(idsOf(list)).toEqual(['a', 'b', 'c']);
  expect(list).toMatchObject({ hasOlder: true, isNew: false, loading: undefined });
});

test('what was deleted while history was on its way does not come back', () => {
  const list = play(
    { type: 'historyRequested', request: 1 },
    { type: 'deleted', messageId: 'a' },
    { type: 'historyLoaded', request: 1, messages: [a, b], hasOlder: false },
  );
  expect(idsOf(list)).toEqual(['b']);
});

test('history read before the channel was cleared is not taken', () => {
  const list = play(
    { type: 'historyRequested', request: 1 },
    { type: 'cleared' },
    { type: 'received', message: c },
    { type: 'historyLoaded', request: 1, messages: [a, b], hasOlder: false },
  );
  expect(idsOf(list)).toEqual(['c']);
});

test('history loaded again drops what was deleted while the connection was away', () => {
  expect(idsOf(play(...load(1, a, b), ...load(2, b, c)))).toEqual(['b', 'c']);
});

test('nothing is left of a channel that was deleted', () => {
  expect(play(...load(1, a), WRITTEN, { type: 'channelDeleted' })).toEqual(EMPTY_MESSAGE_LIST);
});

test('only the latest history request counts', () => {
  const list = play(
    { type: 'historyRequested', request: 1 },
    { type: 'historyRequested', request: 2 },
    { type: 'historyLoaded', request: 2, messages: [b], hasOlder: false },
    { type: 'historyLoaded', request: 1, messages: [a], hasOlder: false },
  );
  expect(idsOf(list)).toEqual(['b']);
});

test('older messages go before the first, unless that changed meanwhile', () => {
  const older: MessageListAction = { type: 'olderLoaded', before: 'b', messages: [a], hasOlder: false };
  expect(idsOf(play(...load(1, b, c), older))).toEqual(['a', 'b', 'c']);
  expect(idsOf(play(...load(1, b, c), { type: 'deleted', messageId: 'b' }, older))).toEqual(['c']);
});

test('an answer is awaited for every message of a person, until it came or the connection went', () => {
  const answer = toMessage('d', 4, { source: 'agent_response' });
  const asked = play({ type: 'received', message: a }, { type: 'received', message: b });
  expect(asked.thinking).toBe(2);
  const once = [{ type: 'received', message: answer } as const, { type: 'answered' } as const];
  expect(once.reduce(reduceMessageList, asked).thinking).toBe(1);
  expect(reduceMessageList(asked, { type: 'interrupted' }).thinking).toBe(0);
  expect(play({ type: 'answered' }).thinking).toBe(0);
});
