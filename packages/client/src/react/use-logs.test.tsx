// @vitest-environment happy-dom
import type { LogFilter } from '@wirepact/protocol';
import { expect, test } from 'vitest';
import { useChatFixture as createFixture } from '../../test/chat-fixture';
import { QUICK } from '../../test/react-chat';
import { mount } from '../../test/react-root';
import { failure, success } from '../../test/socket-server';
import { ChatProvider, type Logs, useLogs } from './index';

const fixture = createFixture();

function show(filter?: LogFilter) {
  const chat = fixture.client(QUICK);
  const seen = {} as { logs: Logs };
  function Panel({ wanted }: { wanted?: LogFilter | undefined }) {
    seen.logs = useLogs(wanted, { maxEntries: 3 });
    return seen.logs.error?.code ?? seen.logs.entries.map(({ message }) => message).join();
  }
  const shown = (wanted?: LogFilter) => (
    <ChatProvider client={chat}>
      <Panel wanted={wanted} />
    </ChatProvider>
  );
  const page = mount(shown(filter));
  return { chat, seen, ...page, show: (wanted: LogFilter) => page.show(shown(wanted)) };
}

const log = (message: string, more: object = {}) =>
  fixture.server.socket.emit('log_update', {
    ...{ id: message, timestamp: '2026-11-30T00:00:00.000Z', level: 'warn', category: 'test', message },
    ...more,
  });

const filters = () => fixture.server.payloadsOf('set_log_filter');

test('entries come as they are written, the newest are kept', async () => {
  const { text, seen } = show();
  await fixture.server.until(() => filters().length === 1);
  for (const message of ['one', 'two', 'three', 'four']) log(message);
  await expect.poll(text).toBe('two,three,four');
  log('lost', { category: 'log-stream', data: { lost: 5 } });
  await expect.poll(() => seen.logs.dropped).toBe(5);
  seen.logs.clear();
  await expect.poll(text).toBe('');
  expect(seen.logs.dropped).toBe(0);
});

test('under StrictMode there is one subscription, and none after the component is gone', async () => {
  const page = show({ level: 'warn' });
  await fixture.server.until(() => filters().length === 1);
  page.unmount();
  await fixture.server.until(() => fixture.server.events.includes('unsubscribe_logs'));
  expect(fixture.server.events).toEqual(['subscribe_logs', 'set_log_filter', 'unsubscribe_logs']);
});

test('another filter changes the subscription and keeps the entries; an equal one changes nothing', async () => {
  const page = show({ level: 'warn' });
  await fixture.server.until(() => filters().length === 1);
  log('one');
  await expect.poll(page.text).toBe('one');
  page.show({ level: 'warn' });
  page.show({ level: 'error' });
  await fixture.server.until(() => filters().at(-1)?.level === 'error');
  log('two', { level: 'error' });
  await expect.poll(page.text).toBe('one,two');
  expect(fixture.server.events).not.toContain('unsubscribe_logs');
});

test('who may not read the log is told so, and may try again', async () => {
  fixture.server.answers.subscribe_logs = () => failure('FORBIDDEN');
  const { text, seen, chat } = show();
  await expect.poll(text).toBe('FORBIDDEN');
  const asked = fixture.server.payloadsOf('subscribe_logs').length;
  await chat.request('heartbeat');
  await chat.request('heartbeat');
  expect(fixture.server.payloadsOf('subscribe_logs')).toHaveLength(asked);
  fixture.server.answers.subscribe_logs = () => success({ subscribed: true });
  seen.logs.restart();
  await expect.poll(text).toBe('');
  await fixture.server.until(() => filters().length >= 2);
  log('one');
  await expect.poll(text).toBe('one');
});
