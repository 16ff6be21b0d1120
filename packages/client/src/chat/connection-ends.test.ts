import { END_REASONS, type EndReason } from '@wirepact/contract/runtime';
import { describe, expect, test, vi } from 'vitest';
import { rejectionOf, untilState, useChatFixture } from '../../test/chat-fixture';
import { CHANNEL } from '../../test/socket-server';

/** Whether a client comes back from an end of its connection, and what it does about refused credentials. */

const fixture = useChatFixture();

/** Ends the newest connection, and says why before. */
function end(reason: string, reconnect: boolean) {
  const { socket } = fixture.server;
  socket.emit('connection_ended', { reason, message: `${reason} happened.`, reconnect });
  socket.disconnect(true);
}

/** A middleware that refuses as a chat server does, as long as `isRefused`. */
function refuseWhile(isRefused: (auth: Record<string, unknown>) => boolean) {
  const data = { code: 'UNAUTHENTICATED', message: 'The token has expired.', retryable: false };
  fixture.server.io.use(({ handshake }, next) =>
    isRefused(handshake.auth) ? next(Object.assign(new Error(data.message), { data })) : next(),
  );
}

describe('an end that the server gives a reason for', () => {
  const reasons = Object.entries(END_REASONS).map(([reason, { reconnect }]) => [reason, reconnect] as const);

  test.each(reasons.filter(([, reconnect]) => reconnect))('[A3] %s is come back from', async (reason) => {
    const chat = fixture.client();
    const channel = await chat.join(CHANNEL);
    end(reason, true);
    const { error } = await untilState(chat.connection, ({ status }) => status === 'reconnecting');
    expect(error).toMatchObject({ code: reason, message: `${reason} happened.`, retryable: true });
    await untilState(channel.state, ({ status }) => status === 'joined');
    await channel.send('Still here.');
  });

  test.each(reasons.filter(([, reconnect]) => !reconnect))('[A3] %s is for good', async (reason) => {
    const chat = fixture.client();
    await chat.connect();
    fixture.server.answers.heartbeat = () => undefined;
    const sent = rejectionOf(chat.request('heartbeat'));
    await fixture.server.until(() => fixture.server.received.length === 1);
    end(reason, false);
    const { error } = await untilState(chat.connection, ({ status }) => status === 'disconnected');
    expect(error).toMatchObject({ code: reason, retryable: false });
    expect(await sent).toMatchObject({ code: 'DISCONNECTED' });
    expect(await rejectionOf(chat.request('heartbeat'))).toMatchObject({ code: reason });
    expect(fixture.server.sockets).toHaveLength(1);
    await chat.connect();
    expect(chat.connection.get()).not.toHaveProperty('error');
  });

  test('[A3] of a newer server follows what the event says', async () => {
    const chat = fixture.client();
    await chat.connect();
    end('MAINTENANCE', true);
    await untilState(chat.connection, ({ error }) => String(error?.code) === 'MAINTENANCE');
    await untilState(chat.connection, ({ status }) => status === 'connected');
    end('BANNED', false);
    await untilState(chat.connection, ({ status }) => status === 'disconnected');
  });

  test('[A3] none at all is come back from', async () => {
    const chat = fixture.client();
    await chat.connect();
    fixture.server.socket.disconnect(true);
    await untilState(chat.connection, ({ status }) => status === 'reconnecting');
    await untilState(chat.connection, ({ status }) => status === 'connected');
  });

  test('[A3] that was told and did not come says nothing of a later one', async () => {
    const chat = fixture.client();
    await chat.connect();
    fixture.server.socket.emit('connection_ended', {
      reason: 'SERVER_CLOSING',
      message: '.',
      reconnect: true,
    });
    fixture.server.cut();
    await untilState(chat.connection, ({ status }) => status === 'reconnecting');
    await untilState(chat.connection, ({ status }) => status === 'connected');
    fixture.server.cut();
    const { error } = await untilState(chat.connection, ({ status }) => status === 'reconnecting');
    expect(error?.code).toBe('DISCONNECTED' satisfies string);
  });
});

describe('refused credentials', () => {
  test('[A6] are asked for again at once, and messages that wait are sent', async () => {
    let token = 'old';
    const auth = vi.fn(() => ({ token }));
    refuseWhile((given) => given.token === 'old');
    const chat = fixture.client({ auth, reconnectionDelay: 60_000 });
    const joining = chat.join(CHANNEL);
    await untilState(chat.connection, ({ error }) => error?.code === 'UNAUTHENTICATED');
    token = 'new';
    const channel = await joining;
    await channel.send('Hello!');
    expect(auth).toHaveBeenCalledTimes(2);
    expect(fixture.server.socket.handshake.auth).toMatchObject({ token: 'new' });
  });

  test('[A6] after the connection was lost do not fail the messages that wait', async () => {
    let isExpired = false;
    refuseWhile(() => isExpired);
    let refusals = 0;
    const auth = vi.fn(async () => {
      if (isExpired && ++refusals === 3) isExpired = false;
      return { token: 'any' };
    });
    const chat = fixture.client({ auth });
    const channel = await chat.join(CHANNEL);
    isExpired = true;
    fixture.server.cut();
    await untilState(channel.state, ({ status }) => status === 'rejoining');
    await expect(channel.send('waits')).resolves.toBeTruthy();
    expect(refusals).toBe(3);
  });

  test('[A6] are asked for a few times, and then given up, with what the server said', async () => {
    const auth = vi.fn(() => ({ token: 'wrong' }));
    refuseWhile(() => true);
    const chat = fixture.client({ auth, autoConnect: false });
    const waiting = rejectionOf(chat.request('heartbeat'));
    expect(await rejectionOf(chat.connect())).toMatchObject({
      code: 'UNAUTHENTICATED',
      message: 'The token has expired.',
    });
    expect(await waiting).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(chat.connection.get()).toMatchObject({
      status: 'disconnected',
      error: { code: 'UNAUTHENTICATED' },
    });
    expect(auth).toHaveBeenCalledTimes(5);
    // `connect()` after the user has signed in again starts over.
    auth.mockReturnValueOnce({ token: 'wrong' });
    expect(await rejectionOf(chat.connect())).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(auth).toHaveBeenCalledTimes(10);
  });

  test('[A6] that are an object are not asked for again', async () => {
    let asked = 0;
    refuseWhile(() => {
      asked += 1;
      return true;
    });
    const chat = fixture.client({ auth: { token: 'wrong' } });
    await untilState(chat.connection, ({ status }) => status === 'disconnected');
    expect(asked).toBe(1);
  });

  test('[A6] of a connection that stood are asked for a few times, though each new connection is let in', async () => {
    const auth = vi.fn(() => ({ token: 'short-lived' }));
    const chat = fixture.client({ auth });
    chat.connection.subscribe(({ status }) => {
      if (status === 'connected') setImmediate(() => end('UNAUTHENTICATED' satisfies EndReason, false));
    });
    const { error } = await untilState(chat.connection, ({ status }) => status === 'disconnected');
    expect(error?.code).toBe('UNAUTHENTICATED');
    expect(auth).toHaveBeenCalledTimes(5);
  });

  test('[A6] are not asked for again where the client may not reconnect', async () => {
    const auth = vi.fn(() => ({ token: 'wrong' }));
    refuseWhile(() => true);
    const chat = fixture.client({ auth, reconnection: false });
    await untilState(chat.connection, ({ status }) => status === 'disconnected');
    expect(auth).toHaveBeenCalledOnce();
  });
});

test('[A3] the state says when the next attempt begins', async () => {
  const data = { code: 'UNAVAILABLE', message: 'Later.', retryable: true, retryAfterMs: 30_000 };
  fixture.server.io.use((_socket, next) => next(Object.assign(new Error('Later.'), { data })));
  const before = Date.now();
  const chat = fixture.client();
  const { retryAt = 0, attempt } = await untilState(chat.connection, (state) => state.retryAt !== undefined);
  expect(retryAt).toBeGreaterThanOrEqual(before + 30_000);
  expect(attempt).toBe(1);
});

test('a retry that waits is begun at once by connect()', async () => {
  const chat = fixture.client({ reconnectionDelay: 60_000, reconnectionDelayMax: 60_000 });
  await chat.connect();
  fixture.server.cut();
  await untilState(chat.connection, ({ status }) => status === 'reconnecting');
  await chat.connect();
  expect(fixture.server.sockets).toHaveLength(2);
});
