import { beforeEach, expect, test, vi } from 'vitest';
import { untilState, useChatFixture } from '../../test/chat-fixture';
import { CHANNEL, failure, success } from '../../test/socket-server';

/** Credentials that are proved anew while the connection goes on. */

const fixture = useChatFixture();

/** When the server says that credentials end: soon enough for a test to see it. */
const soon = () => Date.now() + 10;

const RENEWABLE = () => ({ expiresAt: soon(), capabilities: ['authenticate', 'heartbeat'] });
/** Credentials that are renewed whatever the test says: by then others would have been, too. */
const CONTROL = { token: 'control' };

/** What the server of the test says first of all. */
let greeting: { expiresAt?: number; capabilities: string[] };
beforeEach(() => {
  greeting = RENEWABLE();
  fixture.server.io.on('connection', (socket) => {
    const message = 'Connected to Eliza Socket.IO server';
    const said = socket.handshake.auth.token === CONTROL.token ? RENEWABLE() : greeting;
    socket.emit('connection_established', { message, socketId: socket.id, ...said });
  });
});

const renewals = () => fixture.server.payloadsOf('authenticate');

test('[A3] are renewed in time, again and again, on the same connection', async () => {
  let asked = 0;
  const auth = vi.fn(async () => ({ token: `token-${++asked}` }));
  fixture.server.answers.authenticate = () => success(asked < 4 ? { expiresAt: soon() } : {});
  const chat = fixture.client({ auth });
  await chat.join(CHANNEL);
  await fixture.server.until(() => renewals().length === 3);
  expect(renewals()).toEqual([
    { auth: { token: 'token-2' } },
    { auth: { token: 'token-3' } },
    { auth: { token: 'token-4' } },
  ]);
  await chat.request('heartbeat');
  expect(fixture.server.sockets).toHaveLength(1);
});

test('[A3] are renewed after what went wrong for now: in `auth`, or at the server', async () => {
  const auth = vi
    .fn<() => object>()
    .mockReturnValueOnce({ token: 'first' })
    .mockImplementationOnce(() => {
      throw new Error('The network is away.');
    })
    .mockReturnValue({ token: 'second' });
  const { answers } = fixture.server;
  answers.authenticate = () =>
    renewals().length === 1 ? failure('UNAVAILABLE', { retryable: true }) : success({});
  const chat = fixture.client({ auth });
  await chat.connect();
  await fixture.server.until(() => renewals().length === 2);
  expect(renewals()).toEqual([{ auth: { token: 'second' } }, { auth: { token: 'second' } }]);
});

test('[A3] that are refused leave the end to the server, and the next connection asks again', async () => {
  const auth = vi.fn(() => ({ token: 'any' }));
  fixture.server.answers.authenticate = (_payload, socket) => {
    socket.emit('connection_ended', {
      reason: 'IDENTITY_EXPIRED',
      message: 'It has ended.',
      reconnect: true,
    });
    socket.disconnect(true);
    greeting = { capabilities: ['authenticate'] };
    return failure('UNAUTHENTICATED');
  };
  const chat = fixture.client({ auth });
  const channel = await chat.join(CHANNEL);
  await untilState(chat.connection, ({ error }) => error?.code === 'IDENTITY_EXPIRED');
  await untilState(channel.state, ({ status }) => status === 'joined');
  expect(renewals()).toHaveLength(1);
  expect(auth).toHaveBeenCalledTimes(3);
});

test.each([
  ['the server does not know the event', { capabilities: ['heartbeat'] }, () => ({ token: 'mine' })],
  ['they do not end', { expiresAt: undefined }, () => ({ token: 'mine' })],
  ['they are always the same', {}, { token: 'mine' }],
])('[A3] are not renewed where %s', async (_, said, auth) => {
  greeting = { ...greeting, ...said } as typeof greeting;
  fixture.server.answers.authenticate = () => success({});
  await fixture.client({ auth }).connect();
  await fixture.client({ auth: () => CONTROL }).connect();
  await fixture.server.until(() => renewals().length > 0);
  expect(renewals()).toEqual([{ auth: CONTROL }]);
});
