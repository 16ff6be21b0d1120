import { describe, expect, test, vi } from 'vitest';
import { rejectionOf, untilState, useChatFixture } from '../../test/chat-fixture';
import { failure, success } from '../../test/socket-server';
import { type ContractViolation, WirepactError } from '../index';

const fixture = useChatFixture();

describe('a request', () => {
  test('resolves to the data of the reply', async () => {
    const chat = fixture.client();
    await expect(chat.request('set_log_filter', { level: 'warn' })).resolves.toEqual({ level: 'warn' });
    expect(fixture.server.payloadsOf('set_log_filter')).toEqual([{ level: 'warn' }]);
  });

  test('without a payload sends none', async () => {
    const chat = fixture.client();
    await expect(chat.request('heartbeat')).resolves.toEqual({ time: 1_790_000_000_000 });
    expect(fixture.server.payloadsOf('heartbeat')).toEqual([undefined]);
  });

  test('rejects with the error of the server, whole', async () => {
    const chat = fixture.client();
    fixture.server.answers.set_log_filter = () =>
      failure('RATE_LIMITED', { retryable: true, retryAfterMs: 1500 });
    const error = await rejectionOf(chat.request('set_log_filter', {}));
    expect(error).toBeInstanceOf(WirepactError);
    expect(error).toMatchObject({
      code: 'RATE_LIMITED',
      message: 'RATE_LIMITED happened',
      retryable: true,
      retryAfterMs: 1500,
    });
  });

  test('with a wrong payload is not sent', async () => {
    const chat = fixture.client();
    const error = await rejectionOf(chat.request('set_log_filter', { agentId: 'nobody' }));
    expect(error).toMatchObject({ code: 'INVALID_UUID', issues: [{ path: '/agentId' }] });
    // @ts-expect-error a level the contract does not know
    const wrongLevel = await rejectionOf(chat.request('set_log_filter', { level: 'loud' }));
    expect(wrongLevel).toMatchObject({ code: 'INVALID_PAYLOAD', issues: [{ path: '/level' }] });
    // @ts-expect-error an event the contract does not know
    const unknown = await rejectionOf(chat.request('toString', {}));
    expect(unknown).toMatchObject({ code: 'UNKNOWN_EVENT' });
    await chat.request('heartbeat');
    expect(fixture.server.events).toEqual([]);
  });

  test('with a payload that is no JSON is not sent', async () => {
    const channel = await fixture.client().join('123e4567-e89b-12d3-a456-426614174000');
    const circular: { [name: string]: unknown } = {};
    circular.self = circular;
    for (const metadata of [{ big: 1n }, circular])
      expect(await rejectionOf(channel.send('Hi', { metadata }))).toMatchObject({ code: 'INVALID_PAYLOAD' });
    await channel.send('Still connected');
    expect(fixture.server.sockets).toHaveLength(1);
  });

  test('whose reply breaks the contract reports it and rejects', async () => {
    const violations: ContractViolation[] = [];
    const chat = fixture.client({ onContractViolation: (violation) => violations.push(violation) });
    fixture.server.answers.heartbeat = () => success({ time: 'noon' });
    expect(await rejectionOf(chat.request('heartbeat'))).toMatchObject({ code: 'INVALID_REPLY' });
    fixture.server.answers.heartbeat = () => 'pong';
    expect(await rejectionOf(chat.request('heartbeat'))).toMatchObject({ code: 'INVALID_REPLY' });
    expect(violations).toMatchObject([
      { event: 'heartbeat', issues: [{ path: '/time' }], payload: { time: 'noon' } },
      { event: 'heartbeat', issues: [{ path: '' }], payload: 'pong' },
    ]);
  });

  test('ignores fields of the reply that a newer server adds', async () => {
    const chat = fixture.client();
    fixture.server.answers.heartbeat = () => success({ time: 1, load: 0.5 });
    await expect(chat.request('heartbeat')).resolves.toEqual({ time: 1, load: 0.5 });
  });

  test('without an answer times out', async () => {
    const chat = fixture.client({ requestTimeoutMs: 20 });
    await chat.connect({ timeoutMs: 5000 });
    fixture.server.answers.heartbeat = () => undefined;
    const error = await rejectionOf(chat.request('heartbeat'));
    expect(error).toMatchObject({
      code: 'TIMEOUT',
      retryable: true,
      message: 'heartbeat had no answer within 20 ms.',
    });
  });

  test('takes a timeout longer than a timer can wait', async () => {
    const chat = fixture.client();
    await expect(
      chat.request('heartbeat', undefined, { timeoutMs: Number.POSITIVE_INFINITY }),
    ).resolves.toBeTruthy();
  });

  test('can be aborted, before, while waiting for the connection, and after it was sent', async () => {
    const chat = fixture.client({ autoConnect: false });
    const reason = new Error('the user left');
    const before = chat.request('heartbeat', undefined, { signal: AbortSignal.abort(reason) });
    expect(await rejectionOf(before)).toMatchObject({ code: 'ABORTED', retryable: false, cause: reason });

    const whileWaiting = new AbortController();
    const removed = vi.spyOn(whileWaiting.signal, 'removeEventListener');
    const waiting = chat.request('heartbeat', undefined, { signal: whileWaiting.signal });
    whileWaiting.abort();
    expect(await rejectionOf(waiting)).toMatchObject({ code: 'ABORTED' });
    expect(removed).toHaveBeenCalledOnce();

    await chat.connect();
    fixture.server.answers.heartbeat = () => undefined;
    const whileSent = new AbortController();
    const sent = chat.request('heartbeat', undefined, { signal: whileSent.signal });
    await fixture.server.until(() => fixture.server.payloadsOf('heartbeat').length === 1);
    whileSent.abort(reason);
    expect(await rejectionOf(sent)).toMatchObject({ code: 'ABORTED', cause: reason });
  });

  test('takes its listener off the signal when it is answered', async () => {
    const chat = fixture.client();
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    await chat.request('heartbeat', undefined, { signal });
    expect(added).toHaveBeenCalledOnce();
    expect(removed).toHaveBeenCalledOnce();
  });

  test('whose connection drops before the answer says that its outcome is unknown', async () => {
    const chat = fixture.client();
    fixture.server.answers.set_log_filter = () => undefined;
    const lost = rejectionOf(chat.request('set_log_filter', {}));
    await fixture.server.until(() => fixture.server.events.includes('set_log_filter'));
    fixture.server.cut();
    expect(await lost).toMatchObject({ code: 'DISCONNECTED', retryable: true });
    expect(await lost).toHaveProperty('message', expect.stringContaining('unknown'));
  });

  test('made while disconnected waits for the connection', async () => {
    const chat = fixture.client();
    await chat.connect();
    fixture.server.cut();
    await untilState(chat.connection, ({ status }) => status === 'reconnecting');
    await expect(chat.request('heartbeat')).resolves.toBeTruthy();
    expect(fixture.server.sockets).toHaveLength(2);
  });

  test('made before anything connects times out, and goes out if something does', async () => {
    const chat = fixture.client({ autoConnect: false });
    const early = rejectionOf(chat.request('heartbeat', undefined, { timeoutMs: 10 }));
    expect(await early).toMatchObject({ code: 'TIMEOUT' });
    const waiting = chat.request('heartbeat');
    await chat.connect();
    await expect(waiting).resolves.toBeTruthy();
    expect(fixture.server.received).toHaveLength(1);
  });
});
