// @vitest-environment happy-dom
import { type ViewMessage, WirepactError } from '@wirepact/client';
import { expect, test, vi } from 'vitest';
import { mount } from '../../test/mount';
import type { Room } from '../chat/use-room';
import { MessageLog, type MessageLogProps } from './message-log';

const NOON = Date.UTC(2026, 0, 1, 12);
const SENDER = { entityId: 'ada', entityName: 'Ada' };

function say(text: string, changes: Partial<ViewMessage> = {}): ViewMessage {
  return {
    ...{ key: text, id: text, text, status: 'sent', createdAt: NOON },
    ...{ senderId: 'grace', senderName: 'Grace', roomId: 'r', serverId: 's' },
    ...changes,
  };
}

function show(
  messages: readonly ViewMessage[],
  room: Partial<Room> = {},
  props: Partial<MessageLogProps> = {},
) {
  const calls = {
    ...{ send: vi.fn(), retry: vi.fn(), discard: vi.fn(), remove: vi.fn(), loadOlder: vi.fn() },
    onEdit: vi.fn(),
  };
  const { onEdit, ...inRoom } = calls;
  const given = { messages, isLoaded: true, hasOlder: false, waiting: undefined, ...inRoom, ...room };
  const page = mount(
    <MessageLog
      {...{ channelName: 'Lobby', sender: SENDER, typing: [], isConnected: true, onEdit, room: given }}
      {...props}
    />,
  );
  return { page, calls };
}

const isContinued = (row: HTMLElement) => row.classList.contains('message--continued');

test('what one says shortly after is theirs without saying so again', () => {
  const { page } = show([
    say('first'),
    say('soon'),
    say('late', { createdAt: NOON + 180_000 }),
    say('mine', { senderId: 'ada', senderName: 'Ada', createdAt: NOON + 180_000 }),
    say('renamed', { senderId: 'ada', senderName: 'Countess', createdAt: NOON + 180_000 }),
  ]);
  expect(page.all('.message').map(isContinued)).toEqual([false, true, false, false, false]);
  expect(page.all('.badge').map(({ textContent }) => textContent)).toEqual(['You', 'You']);
});

test('every answer of an agent stands by itself, and so does what failed', () => {
  const agent = {
    source: 'agent_response',
    actions: ['ASK_BACK', { name: 'look_up', about: 'weather' }],
    thought: 'Why?',
  };
  const failed = { status: 'failed', error: new WirepactError('TIMEOUT', 'Too late.') } as const;
  const { page } = show([
    say('one', agent),
    say('two', agent),
    say('three', { senderId: 'ada', senderName: 'Ada', ...failed }),
    say('four', { senderId: 'ada', senderName: 'Ada', status: 'pending' }),
  ]);
  expect(page.all('.message').map(isContinued)).toEqual([false, false, false, false]);
  expect(page.all('.chip').map(({ textContent }) => textContent)).toEqual([
    ...['Ask back', 'Look up: weather'],
    ...['Ask back', 'Look up: weather'],
  ]);
});

test('an answer that has not begun is thought about, one that ended early says why', () => {
  const streaming = { isStreaming: true, senderName: 'Eliza', source: 'agent_response' } as const;
  const { page } = show([
    say('', { ...streaming, key: 'a', id: 'a' }),
    say('So far', { ...streaming, key: 'b', id: 'b' }),
    say('Half', { incomplete: 'cancelled' }),
    say('Part', { incomplete: 'timeout' }),
  ]);
  const [thinking, growing, stopped, late] = page.all('.message').map(({ textContent }) => textContent);
  expect(thinking).toContain('Eliza is thinking');
  expect(growing).toContain('So far');
  expect(growing).not.toContain('is thinking');
  expect(stopped).toContain('Stopped');
  expect(late).toContain('Took too long');
  // What is not a message yet cannot be deleted.
  expect(page.all('[aria-label^="Delete message"]')).toHaveLength(2);
});

test('a message is deleted by its id', () => {
  const { page, calls } = show([say('one')]);
  page.click('Delete message from Grace');
  expect(calls.remove.mock.calls).toEqual([['one']]);
});

test('what was not sent says why, and can be sent again, changed or dropped', () => {
  const own = { senderId: 'ada', senderName: 'Ada', clientMessageId: 'c1' };
  const error = new WirepactError('CHANNEL_NOT_FOUND', 'There is no such channel.');
  const { page, calls } = show([say('lost', { ...own, status: 'failed', error })]);
  expect(page.text()).toContain('Not sent. This channel does not exist any more.');
  page.click('Retry');
  page.click('Discard');
  page.click('Edit');
  expect(calls.retry.mock.calls).toEqual([['c1']]);
  expect(calls.discard.mock.calls).toEqual([['c1'], ['c1']]);
  expect(calls.onEdit.mock.calls).toEqual([['lost']]);
});

test('nothing can be done about it before the channel is joined', () => {
  const failed = { status: 'failed', error: new WirepactError('TIMEOUT', 'Too late.') } as const;
  const { page } = show([say('lost', failed)], { isLoaded: false });
  expect(page.button('Retry').disabled).toBe(true);
  expect(page.one('[role=log]').getAttribute('aria-busy')).toBe('true');
  expect(page.text()).toContain('Loading messages…');
});

test('only the first message that waits counts down, and none while there is no connection', () => {
  const waiting = { retryAt: Date.now() + 3_600_000 } as Room['waiting'];
  const pending = [say('one', { status: 'pending' }), say('two', { status: 'pending' })];
  const { page } = show(pending, { waiting });
  const states = () => page.all('.message__state').map(({ textContent }) => textContent?.trim());
  expect(states()).toEqual([expect.stringMatching(/^Sent again in 3[56]\d\d s$/), 'Sending…']);
  const away = show(pending, { waiting }, { isConnected: false });
  expect(away.page.all('.message__state').map(({ textContent }) => textContent?.trim())).toEqual([
    'Waiting to be sent',
    'Waiting to be sent',
  ]);
});

test.each([
  [['Grace'], 'Grace is writing…'],
  [['Grace', 'Edsger'], 'Grace and Edsger are writing…'],
  [['Grace', 'Edsger', 'Tony'], '3 people are writing…'],
])('%j are shown as writing', (typing, expected) => {
  expect(show([say('one')], {}, { typing }).page.text()).toContain(expected);
});

test('an empty channel has something to begin with, one with older messages a button for them', () => {
  const empty = show([]);
  empty.page.all('.openings button')[0]?.click();
  expect(empty.calls.send).toHaveBeenCalledOnce();
  const { page, calls } = show([say('one')], { hasOlder: true });
  expect(page.text()).not.toContain('Nothing said yet');
  page.click('Show earlier messages');
  expect(calls.loadOlder).toHaveBeenCalledOnce();
});
