import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { listChecks, runConformance } from './conformance';
import { greet, startPlain } from './test-plain-server';

const GREETING = { profiles: ['document'], transports: ['websocket'], rules: ['CONN-5'] } as const;

test('a server that keeps to a rule passes', async () => {
  const url = await startPlain(greet);
  const { results } = await runConformance(url, GREETING);
  expect(results).toEqual([
    expect.objectContaining({
      rule: 'CONN-5',
      outcome: 'passed',
      profile: 'document',
      transport: 'websocket',
    }),
  ]);
});

test('one that does not is told what it does instead, and what the document says', async () => {
  const url = await startPlain((socket) => socket.emit('connection_established', { message: 'Hi' }));
  const { results } = await runConformance(url, GREETING);
  expect(results).toMatchObject([
    {
      outcome: 'failed',
      message: 'connection_established.message is "Hi", not "Connected to Eliza Socket.IO server"',
      says: 'message: string;      // "Connected to Eliza Socket.IO server"',
    },
  ]);
});

test('two runs say the same, whatever ids there are', async () => {
  const url = await startPlain((socket) => {
    greet(socket);
    socket.on('join_channel', ({ channelId }) =>
      socket.emit('channel_joined', { channelId, roomId: randomUUID(), message: 'Joined.' }),
    );
  });
  const options = { ...GREETING, rules: ['CONN-5', 'CONN-6', 'JOIN-9', 'COMPAT-2'] };
  const first = await runConformance(url, options);
  expect(first.results.map(({ outcome }) => outcome)).toEqual(['passed', 'passed', 'failed', 'passed']);
  expect(await runConformance(url, options)).toEqual(first);
});

test('nobody there is a failure, not an error', async () => {
  const { results } = await runConformance('http://127.0.0.1:1', GREETING);
  expect(results).toMatchObject([{ outcome: 'failed', message: expect.stringContaining('no connection') }]);
});

test('a server that wants to be left alone is asked again later', async () => {
  let joins = 0;
  const url = await startPlain((socket) => {
    greet(socket);
    socket.on('join_channel', ({ channelId }) => {
      joins += 1;
      const limited = { error: 'Too fast.', code: 'RATE_LIMITED', retryAfterMs: 5 };
      if (joins < 3) socket.emit('messageError', limited);
      else socket.emit('channel_joined', { channelId, roomId: channelId, message: 'Joined.' });
    });
  });
  const { results } = await runConformance(url, { ...GREETING, rules: ['JOIN-9'] });
  expect(results).toMatchObject([{ outcome: 'passed' }]);
  expect(joins).toBe(3);
});

test.each([
  ['JOIN-10', 'join_channel', 2, 4],
  ['LOG-3', 'subscribe_logs', 1, 2],
  ['COMPAT-10', 'send_message', 1, 2],
  ['ERR-2', 'join_channel', 1, 4],
])('%s takes no request to wait for an answer', async (rule, limited, time, all) => {
  let asked = 0;
  const url = await startPlain((socket) => {
    greet(socket);
    const answers: Record<string, (payload: Record<string, unknown>) => unknown> = {
      join_channel: ({ channelId, agentId }) =>
        String(channelId).length === 36
          ? socket.emit('channel_joined', { channelId, agentId })
          : socket.emit('messageError', { error: 'No channel.' }),
      subscribe_logs: () =>
        socket.emit('log_subscription_confirmed', {
          subscribed: true,
          message: 'Successfully subscribed to log stream',
        }),
      send_message: ({ text, entityId, entityName }) =>
        socket.emit('messageBroadcast', { text, senderId: entityId, senderName: entityName }),
    };
    socket.onAny((event: string, payload: Record<string, unknown>) => {
      if (event === limited) asked += 1;
      if (event === limited && asked === time)
        socket.emit('messageError', { error: 'Too fast.', code: 'RATE_LIMITED', retryAfterMs: 5 });
      else answers[event]?.(Object(payload));
    });
  });
  const { results } = await runConformance(url, { ...GREETING, rules: [rule] });
  expect(results).toMatchObject([{ outcome: 'passed' }]);
  expect(asked).toBe(all);
});

test('no more is sent than may be, and what was not found out is said', async () => {
  let events = 0;
  const url = await startPlain((socket) => {
    greet(socket);
    socket.onAny(() => {
      events += 1;
      socket.emit('messageError', { error: 'It is wrong.' });
    });
  });
  const { results } = await runConformance(url, { ...GREETING, rules: ['ERR-2', 'ERR-12'], maxEvents: 1 });
  expect(results).toMatchObject(
    Array(2).fill({ outcome: 'unknown', message: expect.stringContaining('1 events were sent') }),
  );
  expect(events).toBe(1);
});

test('no more time is taken than there is', async () => {
  const url = await startPlain(greet);
  const { results } = await runConformance(url, { ...GREETING, maxSeconds: -1 });
  expect(results).toMatchObject([
    { outcome: 'unknown', message: expect.stringContaining('as long as it may') },
  ]);
});

test('a signed-in server is told who connects', async () => {
  const seen: unknown[] = [];
  const url = await startPlain((socket) => {
    seen.push([socket.handshake.auth.token, socket.handshake.headers['x-api-key']]);
    greet(socket);
  });
  await runConformance(url, { ...GREETING, auth: { token: 't' }, headers: { 'X-API-Key': 'k' } });
  expect(seen).toEqual([['t', 'k']]);
});

test('floods are made only where they are asked for', () => {
  const count = (floods: boolean) => listChecks({ profiles: ['wirepact'], floods }).length;
  expect(count(true)).toBeGreaterThan(count(false));
});

test('a contract that is missing is asked for', () => {
  expect(() => listChecks({ profiles: ['contract'] })).toThrow(
    expect.objectContaining({ code: 'INVALID_OPTIONS' }),
  );
});

test('titles of checks are their own in each profile', () => {
  for (const profile of ['document', 'wirepact'] as const) {
    const titles = listChecks({ profiles: [profile], transports: ['websocket'], floods: true }).map(
      (one) => one.title,
    );
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  }
});

test('onResult hears of every check, and of how many there are', async () => {
  const url = await startPlain(greet);
  const heard: number[] = [];
  await runConformance(url, { ...GREETING, rules: ['CONN-5', 'CONN-6'] }, (_result, all) => heard.push(all));
  expect(heard).toEqual([2, 2]);
});

// Every check closes what it has opened.
test('nothing is left open', async () => {
  let open = 0;
  const url = await startPlain((socket) => {
    open += 1;
    socket.on('disconnect', () => {
      open -= 1;
    });
    greet(socket);
  });
  onTestFinished(() => expect(open).toBe(0));
  await runConformance(url, { ...GREETING, rules: ['CONN-4', 'CONN-5'], patienceMs: 50 });
  await expect.poll(() => open).toBe(0);
});
