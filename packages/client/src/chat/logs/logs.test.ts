import type { LogEntry } from '@wirepact/protocol';
import { describe, expect, test } from 'vitest';
import { rejectionOf, untilState, useChatFixture } from '../../../test/chat-fixture';
import { failure } from '../../../test/socket-server';
import type { ChatClient } from '../../index';

const fixture = useChatFixture();

const entry = (message: string, level = 'warn', category = 'server'): LogEntry => ({
  id: message,
  timestamp: '2026-01-31T12:00:00.000Z',
  level,
  category,
  message,
});

const emit = (...entries: LogEntry[]) => {
  for (const one of entries) fixture.server.socket.emit('log_update', one);
};

/** Resolves once the client has seen everything that was emitted before. */
const settle = (chat: ChatClient) => chat.request('heartbeat');

/** Resolves once the server has been told of a filter this often. */
const untilFilters = (count: number) =>
  fixture.server.until(() => fixture.server.payloadsOf('set_log_filter').length === count);

describe('logs', () => {
  test('subscribes, filters, and unsubscribes at the end', async () => {
    const chat = fixture.client();
    const stream = chat.logs({ level: 'warn', category: 'server' });
    const messages: string[] = [];
    untilFilters(1).then(() =>
      emit(entry('quiet', 'info'), entry('one'), entry('other', 'warn', 'x'), entry('two')),
    );
    for await (const { message } of stream) {
      messages.push(message);
      if (message === 'two') break;
    }
    expect(messages).toEqual(['one', 'two']);
    await fixture.server.until(() => fixture.server.events.includes('unsubscribe_logs'));
    expect(fixture.server.events).toEqual(['subscribe_logs', 'set_log_filter', 'unsubscribe_logs']);
    expect(fixture.server.payloadsOf('set_log_filter')).toEqual([{ level: 'warn', category: 'server' }]);
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  test('asks for nothing before iteration starts', async () => {
    const chat = fixture.client();
    const unused = chat.logs();
    await settle(chat);
    await unused.return();
    expect(fixture.server.events).toEqual([]);
  });

  test('ends quietly when its signal is aborted', async () => {
    const chat = fixture.client();
    const controller = new AbortController();
    const stream = chat.logs({}, { signal: controller.signal });
    const next = stream.next();
    await untilFilters(1);
    controller.abort();
    expect(await next).toEqual({ done: true, value: undefined });
    await fixture.server.until(() => fixture.server.events.includes('unsubscribe_logs'));
    expect(await chat.logs({}, { signal: controller.signal }).next()).toMatchObject({ done: true });
  });

  test('drops the oldest entries of a slow reader, and says how many', async () => {
    const chat = fixture.client();
    const stream = chat.logs({}, { maxQueued: 2 });
    const first = stream.next();
    await untilFilters(1);
    emit(...['1', '2', '3', '4', '5'].map((message) => entry(message)));
    expect((await first).value?.message).toBe('1');
    await settle(chat);
    expect(stream.dropped).toBe(2);
    expect((await stream.next()).value?.message).toBe('4');
    expect((await stream.next()).value?.message).toBe('5');
    await stream.return();
  });

  test('shares one subscription with the loosest filter between several streams', async () => {
    const chat = fixture.client();
    const errors = chat.logs({ level: 'error', category: 'server' });
    const infos = chat.logs({ level: 'info', category: 'server' });
    const firstError = errors.next();
    await untilFilters(1);
    const firstInfo = infos.next();
    await untilFilters(2);
    emit(entry('info', 'info'), entry('error', 'error'));
    expect((await firstInfo).value?.message).toBe('info');
    expect((await firstError).value?.message).toBe('error');
    await infos.return();
    await untilFilters(3);
    await errors.return();
    await fixture.server.until(() => fixture.server.events.includes('unsubscribe_logs'));
    expect(fixture.server.payloadsOf('set_log_filter').map(({ level }) => level)).toEqual([
      'error',
      'info',
      'error',
    ]);
    expect(fixture.server.payloadsOf('subscribe_logs')).toHaveLength(1);
  });

  test('goes on after a reconnect', async () => {
    const chat = fixture.client();
    const stream = chat.logs({ level: 'error' });
    const next = stream.next();
    await untilFilters(1);
    fixture.server.cut();
    await untilFilters(2);
    emit(entry('back', 'error'));
    expect((await next).value?.message).toBe('back');
    expect(fixture.server.events.slice(2)).toEqual(['subscribe_logs', 'set_log_filter']);
    expect(fixture.server.payloadsOf('set_log_filter')).toEqual([{ level: 'error' }, { level: 'error' }]);
    await stream.return();
  });

  test('throws what the server refuses with, at the start and after a reconnect', async () => {
    const chat = fixture.client();
    const { answers } = fixture.server;
    const stream = chat.logs();
    const next = rejectionOf(stream.next());
    await untilFilters(1);
    await settle(chat);
    answers.subscribe_logs = () => failure('FORBIDDEN');
    fixture.server.cut();
    expect(await next).toMatchObject({ code: 'FORBIDDEN' });
    expect(await stream.next()).toMatchObject({ done: true });
    expect(await rejectionOf(chat.logs().next())).toMatchObject({ code: 'FORBIDDEN' });
  });

  test('throws CLOSED when the client is closed', async () => {
    const chat = fixture.client();
    const next = rejectionOf(chat.logs().next());
    await untilFilters(1);
    chat.close();
    expect(await next).toMatchObject({ code: 'CLOSED' });
  });
});

describe('subscribeLogs', () => {
  test('lets log_update listeners hear entries, until unsubscribeLogs', async () => {
    const chat = fixture.client();
    await chat.subscribeLogs({ level: 'info' });
    expect(chat.logSubscription.get()).toEqual({ status: 'on' });
    const heard = new Promise<LogEntry>((resolve) => chat.on('log_update', resolve));
    emit(entry('one'));
    expect((await heard).message).toBe('one');
    await chat.subscribeLogs({ level: 'error' });
    await chat.unsubscribeLogs();
    await chat.unsubscribeLogs();
    expect(chat.logSubscription.get()).toEqual({ status: 'off' });
    expect(fixture.server.events).toEqual([
      'subscribe_logs',
      'set_log_filter',
      'set_log_filter',
      'unsubscribe_logs',
    ]);
  });

  test('called twice at once leaves the second filter and one subscription', async () => {
    const chat = fixture.client();
    await Promise.all([chat.subscribeLogs({ level: 'info' }), chat.subscribeLogs({ level: 'error' })]);
    await chat.subscribeLogs({ level: 'error' });
    expect(fixture.server.payloadsOf('set_log_filter').at(-1)).toEqual({ level: 'error' });
    expect(fixture.server.payloadsOf('subscribe_logs')).toHaveLength(1);
    await chat.unsubscribeLogs();
    expect(fixture.server.events.at(-1)).toBe('unsubscribe_logs');
  });

  test('that fails because of another call’s refusal is tried again by the next', async () => {
    const chat = fixture.client();
    await chat.connect();
    const { answers } = fixture.server;
    const allow = answers.subscribe_logs;
    answers.subscribe_logs = () => failure('RATE_LIMITED', { retryable: true });
    const both = [chat.logs({ level: 'info' }).next(), chat.subscribeLogs({ level: 'debug' })];
    for (const error of await Promise.all(both.map(rejectionOf)))
      expect(error).toMatchObject({ code: 'RATE_LIMITED' });
    if (allow) answers.subscribe_logs = allow;
    await chat.subscribeLogs();
    expect(chat.logSubscription.get()).toEqual({ status: 'on' });
  });

  test('rejects with what the server refuses with, and leaves no subscription', async () => {
    const chat = fixture.client();
    fixture.server.answers.set_log_filter = () => failure('FORBIDDEN');
    expect(await rejectionOf(chat.subscribeLogs())).toMatchObject({ code: 'FORBIDDEN' });
    await fixture.server.until(() => fixture.server.events.includes('unsubscribe_logs'));
    expect(chat.logSubscription.get()).toEqual({ status: 'off' });
  });

  test('says when the server refuses to go on after a reconnect', async () => {
    const chat = fixture.client();
    await chat.subscribeLogs();
    fixture.server.answers.subscribe_logs = () => failure('FORBIDDEN');
    fixture.server.cut();
    const { error } = await untilState(chat.logSubscription, ({ status }) => status === 'failed');
    expect(error?.code).toBe('FORBIDDEN');
  });

  test('survives a connection that drops before the answer', async () => {
    const chat = fixture.client();
    const { answers } = fixture.server;
    const answer = answers.subscribe_logs;
    answers.subscribe_logs = () => {
      if (answer) answers.subscribe_logs = answer;
      fixture.server.cut();
    };
    await chat.subscribeLogs({ level: 'warn' });
    expect(fixture.server.sockets).toHaveLength(2);
    expect(chat.logSubscription.get()).toEqual({ status: 'on' });
  });
});
