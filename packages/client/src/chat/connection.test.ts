import { describe, expect, test, vi } from 'vitest';
import { rejectionOf, untilState, useChatFixture } from '../../test/chat-fixture';
import { CHANNEL } from '../../test/socket-server';
import type { ConnectionState } from '../index';

const fixture = useChatFixture();

/** An error with the data that a Socket.IO middleware refuses with. */
const refusal = (data?: object) => Object.assign(new Error('No entry'), { data });

describe('a connection', () => {
  test('tells its states, each the same object until the next', async () => {
    const chat = fixture.client({ autoConnect: false });
    const states: ConnectionState[] = [chat.connection.get()];
    chat.connection.subscribe((state) => states.push(state));
    expect(chat.connection.get()).toBe(chat.connection.get());
    await chat.connect();
    expect(chat.connection.get().socketId).toBe(fixture.server.socket.id);
    fixture.server.cut();
    await untilState(chat.connection, ({ status }) => status === 'reconnecting');
    await untilState(chat.connection, ({ status }) => status === 'connected');
    chat.disconnect();
    const statuses = states.map(({ status }) => status);
    expect(statuses.filter((status, index) => status !== statuses[index - 1])).toEqual([
      'disconnected',
      'connecting',
      'connected',
      'reconnecting',
      'connected',
      'disconnected',
    ]);
    expect(states.find(({ status }) => status === 'reconnecting')?.error).toMatchObject({
      code: 'DISCONNECTED',
      retryable: true,
    });
    expect(chat.connection.get()).toEqual({ status: 'disconnected' });
  });

  test('asks for credentials anew at every reconnect', async () => {
    let asked = 0;
    const chat = fixture.client({ auth: async () => ({ token: `token-${++asked}` }) });
    await chat.connect();
    fixture.server.cut();
    await fixture.server.until(() => fixture.server.sockets.length === 2);
    expect(fixture.server.sockets.map(({ handshake }) => handshake.auth)).toMatchObject([
      { token: 'token-1' },
      { token: 'token-2' },
    ]);
  });

  test('tries again when the credentials cannot be had', async () => {
    const auth = vi.fn().mockRejectedValueOnce(new Error('no token')).mockResolvedValue({ token: 'late' });
    const chat = fixture.client({ auth });
    const { error } = await untilState(chat.connection, (state) => state.error !== undefined);
    expect(error).toMatchObject({ code: 'AUTH_FAILED', cause: new Error('no token') });
    await chat.connect();
    expect(fixture.server.socket.handshake.auth).toMatchObject({ token: 'late' });
  });

  test('[H8] says what is wrong with credentials that are no object', async () => {
    // What no compiler keeps from being passed.
    const chat = fixture.client({ auth: () => 'token' as unknown as object });
    const { error } = await untilState(chat.connection, (state) => state.error !== undefined);
    expect(error).toMatchObject({
      code: 'AUTH_FAILED',
      message: 'The `auth` function failed: it must give an object, such as { token }, but gave string.',
    });
  });

  test('refused for good gives up and rejects what waits, with the code of the server', async () => {
    fixture.server.io.use((_socket, next) =>
      next(refusal({ code: 'UNAUTHENTICATED', message: 'Who are you?', retryable: false })),
    );
    const chat = fixture.client({ autoConnect: false });
    const waiting = rejectionOf(chat.request('heartbeat'));
    const expected = { code: 'UNAUTHENTICATED', message: 'Who are you?' };
    expect(await rejectionOf(chat.connect())).toMatchObject(expected);
    expect(await waiting).toMatchObject(expected);
    expect(await rejectionOf(chat.request('heartbeat'))).toMatchObject(expected);
    expect(chat.connection.get()).toMatchObject({ status: 'disconnected', error: expected });
  });

  test('refused without a code says CONNECTION_REFUSED', async () => {
    fixture.server.io.use((_socket, next) => next(refusal({ code: 42 })));
    const error = await rejectionOf(fixture.client().connect());
    expect(error).toMatchObject({ code: 'CONNECTION_REFUSED', message: 'No entry', retryable: false });
  });

  test('refused for now tries again', async () => {
    let refusals = 0;
    fixture.server.io.use((_socket, next) => {
      refusals += 1;
      if (refusals > 2) next();
      else next(refusal({ code: 'UNAVAILABLE', message: 'Closing.', retryable: true, retryAfterMs: 1 }));
    });
    const chat = fixture.client();
    const { attempt, status } = await untilState(chat.connection, (state) => state.attempt === 2);
    expect({ attempt, status }).toEqual({ attempt: 2, status: 'connecting' });
    await chat.connect();
    expect(refusals).toBe(3);
  });

  test('stops trying after `reconnectionAttempts` refusals', async () => {
    fixture.server.io.use((_socket, next) =>
      next(refusal({ code: 'UNAVAILABLE', message: 'Closing.', retryable: true })),
    );
    const chat = fixture.client({ reconnectionAttempts: 2 });
    const { error } = await untilState(chat.connection, ({ status }) => status === 'disconnected');
    expect(error?.code).toBe('UNAVAILABLE');
  });

  test('comes back after the server sent it away', async () => {
    const chat = fixture.client();
    await chat.connect();
    fixture.server.socket.disconnect(true);
    await fixture.server.until(() => fixture.server.sockets.length === 2);
    await chat.request('heartbeat');
    expect(chat.connection.get().status).toBe('connected');
  });

  test('to nobody gives up where it may not retry, and can be opened again', async () => {
    const chat = fixture.client({ reconnection: false });
    await chat.connect();
    await fixture.server.close();
    const { error } = await untilState(chat.connection, ({ status }) => status === 'disconnected');
    expect(error?.code).toBe('DISCONNECTED');
    expect(await rejectionOf(chat.connect())).toMatchObject({ code: 'CONNECTION_FAILED', retryable: true });
  });

  test('to nobody goes on trying, and connect() times out', async () => {
    const chat = fixture.client({ autoConnect: false });
    await fixture.server.close();
    expect(await rejectionOf(chat.connect({ timeoutMs: 50 }))).toMatchObject({ code: 'TIMEOUT' });
    const { error } = await untilState(chat.connection, (state) => state.error !== undefined);
    expect(error?.code).toBe('CONNECTION_FAILED');
    expect(chat.connection.get().status).toBe('connecting');
  });

  test('ended by disconnect() rejects requests until connect()', async () => {
    const chat = fixture.client();
    await chat.connect();
    fixture.server.answers.heartbeat = () => undefined;
    const sent = rejectionOf(chat.request('heartbeat'));
    await fixture.server.until(() => fixture.server.received.length === 1);
    chat.disconnect();
    expect(await sent).toMatchObject({ code: 'DISCONNECTED' });
    expect(await rejectionOf(chat.request('heartbeat'))).toMatchObject({ code: 'DISCONNECTED' });
    await chat.connect();
    await expect(chat.request('set_log_filter', {})).resolves.toEqual({});
  });

  test('ended by close() settles everything with CLOSED', async () => {
    const chat = fixture.client({ autoConnect: false });
    const waiting = rejectionOf(chat.join(CHANNEL));
    const connecting = rejectionOf(chat.connect());
    chat.close();
    expect(await waiting).toMatchObject({ code: 'CLOSED' });
    expect(await connecting).toMatchObject({ code: 'CLOSED' });
  });

  test('ended by close() takes back nothing, and cannot be opened again', async () => {
    const chat = fixture.client();
    fixture.server.answers.join_channel = () => undefined;
    fixture.server.answers.heartbeat = () => undefined;
    const sent = [chat.join(CHANNEL), chat.request('heartbeat')].map(rejectionOf);
    const entry = rejectionOf(chat.logs().next());
    await fixture.server.until(() => fixture.server.received.length >= 3);
    chat.close();
    for (const error of await Promise.all([...sent, entry])) expect(error).toMatchObject({ code: 'CLOSED' });
    expect(await rejectionOf(chat.connect())).toMatchObject({ code: 'CLOSED' });
    expect(await rejectionOf(chat.request('heartbeat'))).toMatchObject({ code: 'CLOSED' });
    expect(chat.connection.get().status).toBe('disconnected');
  });
});
