import { defineEvent, extendContract } from '@wirepact/contract';
import { protocol } from '@wirepact/protocol';
import * as Type from 'typebox';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { untilState, useChatFixture } from '../../test/chat-fixture';
import { CHANNEL, MESSAGE, success } from '../../test/socket-server';
import { type ContractViolation, createChatClient } from '../index';

const fixture = useChatFixture();
afterEach(() => vi.restoreAllMocks());

const cleared = { channelId: CHANNEL };

describe('events of the server', () => {
  test('reach their listeners until these are taken off', async () => {
    const chat = fixture.client();
    await chat.connect();
    const heard: string[] = [];
    const stop = chat.on('channelCleared', () => heard.push('stopped'));
    const off = () => heard.push('off');
    chat.on('channelCleared', off);
    const first = new Promise((resolve) => chat.on('channelCleared', resolve));
    fixture.server.socket.emit('channelCleared', cleared);
    expect(await first).toEqual(cleared);
    stop();
    chat.off('channelCleared', off);
    const second = new Promise((resolve) => chat.on('channelCleared', resolve));
    fixture.server.socket.emit('channelCleared', cleared);
    await second;
    expect(heard).toEqual(['stopped', 'off']);
  });

  test('that break the contract are reported and not delivered', async () => {
    const violations: ContractViolation[] = [];
    const chat = fixture.client({
      onContractViolation(violation) {
        violations.push(violation);
      },
    });
    await chat.connect();
    const heard: unknown[] = [];
    chat.on('messageDeleted', (payload) => heard.push(payload));
    const whole = { messageId: MESSAGE, channelId: CHANNEL, reason: 'a field of a newer server' };
    const last = new Promise((resolve) => chat.on('channelCleared', resolve));
    const { socket } = fixture.server;
    socket.emit('messageDeleted', { channelId: CHANNEL });
    socket.emit('messageDeleted');
    socket.emit('event_of_a_newer_server', { any: 'thing' });
    socket.emit('toString', {});
    socket.emit('messageDeleted', whole, 'an argument too many');
    socket.emit('channelCleared', cleared);
    await last;
    expect(heard).toEqual([whole]);
    await expect.poll(() => violations.length).toBe(2);
    expect(violations).toMatchObject([
      {
        event: 'messageDeleted',
        issues: [{ path: '/messageId', message: 'is required' }],
        payload: { channelId: CHANNEL },
      },
      { event: 'messageDeleted', payload: undefined },
    ]);
  });

  test('that break the contract are warned about once where nobody listens', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const chat = fixture.client();
    await chat.connect();
    const last = new Promise((resolve) => chat.on('channelCleared', resolve));
    fixture.server.socket.emit('messageDeleted', {});
    fixture.server.socket.emit('messageDeleted', {});
    fixture.server.socket.emit('channelCleared', cleared);
    await last;
    await expect.poll(() => warn.mock.calls.length).toBeGreaterThan(0);
    await chat.request('heartbeat');
    expect(warn).toHaveBeenCalledOnce();
    expect(warn.mock.calls[0]?.[0]).toContain('"messageDeleted": /messageId is required');
  });

  test('reach the other listeners and leave the socket alone where one throws', async () => {
    const reported: unknown[] = [];
    vi.stubGlobal('reportError', (error: unknown) => reported.push(error));
    const oops = new Error('oops');
    const chat = fixture.client({
      onContractViolation: () => {
        throw oops;
      },
    });
    await chat.connect();
    chat.connection.subscribe(() => {
      throw oops;
    });
    chat.on('channelCleared', () => {
      throw oops;
    });
    const heard = new Promise((resolve) => chat.on('channelCleared', resolve));
    fixture.server.socket.emit('messageDeleted', {});
    fixture.server.socket.emit('channelCleared', cleared);
    await heard;
    await expect(chat.request('heartbeat')).resolves.toBeTruthy();
    await expect.poll(() => reported).toEqual([oops, oops]);
    expect(fixture.server.sockets).toHaveLength(1);
    chat.close();
    vi.unstubAllGlobals();
  });
});

describe('heartbeats', () => {
  test('measure the round trip right after connecting and then at the interval', async () => {
    const chat = fixture.client({ heartbeatIntervalMs: 5 });
    const { latencyMs } = await untilState(chat.connection, (state) => state.latencyMs !== undefined);
    expect(latencyMs).toBeGreaterThan(0);
    await fixture.server.until(() => fixture.server.payloadsOf('heartbeat').length >= 3);
    fixture.server.cut();
    await fixture.server.until(() => fixture.server.sockets.length === 2);
    expect((await untilState(chat.connection, (state) => state.latencyMs !== undefined)).socketId).toBe(
      fixture.server.socket.id,
    );
  });

  test('at an interval, or with a limit, that no timer waits is one heartbeat, whose answer may take its time', async () => {
    const answer = fixture.server.answers.heartbeat;
    fixture.server.answers.heartbeat = async (payload, socket) => {
      await new Promise((resolve) => setImmediate(resolve));
      return answer?.(payload, socket);
    };
    const chat = fixture.client({ heartbeatIntervalMs: 1e10, requestTimeoutMs: Number.POSITIVE_INFINITY });
    await untilState(chat.connection, (state) => state.latencyMs !== undefined);
    for (let sent = 0; sent < 20; sent += 1) await chat.request('heartbeat');
    expect(fixture.server.payloadsOf('heartbeat')).toHaveLength(21);
    expect(fixture.server.sockets).toHaveLength(1);
  });

  test('count a refusal as a round trip', async () => {
    fixture.server.answers.heartbeat = () => ({ ok: false });
    const chat = fixture.client({ heartbeatIntervalMs: 60_000 });
    await untilState(chat.connection, (state) => state.latencyMs !== undefined);
  });

  test('replace a connection on which the server answers no more', async () => {
    const chat = fixture.client({ heartbeatIntervalMs: 5, requestTimeoutMs: 50 });
    await untilState(chat.connection, (state) => state.latencyMs !== undefined);
    const answer = fixture.server.answers.heartbeat;
    fixture.server.answers.heartbeat = (payload, socket) =>
      socket === fixture.server.sockets[0] ? undefined : answer?.(payload, socket);
    await fixture.server.until(() => fixture.server.sockets.length === 2);
    const again = ({
      socketId,
      latencyMs,
    }: {
      socketId?: string | undefined;
      latencyMs?: number | undefined;
    }) => socketId === fixture.server.socket.id && latencyMs !== undefined;
    await untilState(chat.connection, again);
  });

  test('[B3] replace a connection on which a server that promises answers gives none, from the first on', async () => {
    fixture.server.answers.heartbeat = () => undefined;
    fixture.server.io.on('connection', (socket) => {
      const capabilities = ['heartbeat', 'join_channel'];
      socket.emit('connection_established', { message: '', socketId: socket.id, capabilities });
    });
    const chat = fixture.client({ heartbeatIntervalMs: 5, requestTimeoutMs: 30 });
    const { error } = await untilState(chat.connection, ({ status }) => status === 'reconnecting');
    expect(error).toMatchObject({
      code: 'DISCONNECTED',
      message: 'The server has not answered a heartbeat within 30 ms.',
    });
    await fixture.server.until(() => fixture.server.sockets.length >= 3);
  });

  test('[H12] measure in tenths of a millisecond', async () => {
    const chat = fixture.client({ heartbeatIntervalMs: 60_000 });
    const { latencyMs = 0 } = await untilState(chat.connection, (state) => state.latencyMs !== undefined);
    expect(String(latencyMs)).toMatch(/^\d+(\.\d)?$/);
  });

  test('go on without a latency where the server does not answer', async () => {
    fixture.server.answers.heartbeat = () => undefined;
    const chat = fixture.client({ heartbeatIntervalMs: 5, requestTimeoutMs: 20 });
    await fixture.server.until(() => fixture.server.payloadsOf('heartbeat').length >= 2);
    expect(chat.connection.get()).toMatchObject({ status: 'connected' });
    expect(chat.connection.get().latencyMs).toBeUndefined();
  });
});

describe('a client', () => {
  test('without an entityId keeps a random one', () => {
    const chat = fixture.client({ entityId: undefined, autoConnect: false });
    expect(chat.entityId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('speaks the events a contract adds', async () => {
    const contract = extendContract(protocol, {
      name: 'board',
      version: '1.0.0',
      clientToServer: {
        move_card: defineEvent({
          description: 'Move a card.',
          payload: Type.Object({ cardId: Type.String() }),
          reply: Type.Object({ position: Type.Integer() }),
        }),
      },
      serverToClient: {
        cardMoved: defineEvent({
          description: 'A card was moved.',
          payload: Type.Object({ channelId: Type.String(), cardId: Type.String() }),
        }),
      },
    });
    const { server } = fixture;
    server.answers.move_card = ({ cardId }, socket) => {
      socket.emit('cardMoved', { channelId: CHANNEL, cardId });
      return success({ position: 3 });
    };
    const chat = createChatClient(server.url, { contract, transports: ['websocket'] });
    const channel = await chat.join(CHANNEL);
    const moved = new Promise((resolve) => channel.on('cardMoved', ({ cardId }) => resolve(cardId)));
    await expect(chat.request('move_card', { cardId: 'c1' })).resolves.toEqual({ position: 3 });
    expect(await moved).toBe('c1');
    chat.close();
  });
});
