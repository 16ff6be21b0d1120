import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { board, useBoardFixture } from '../../test/board-fixture';
import { rejectionOf } from '../../test/chat-fixture';
import { failure, success } from '../../test/socket-server';
import { type ContractViolation, channels, createContractClient, WirepactError } from '../index';
import { createInspector } from '../inspect';

const fixture = useBoardFixture();
const MOVE = { card: 'a', column: 'done' };

describe('a request of any contract', () => {
  test('resolves to the data of the reply, and is checked before it is sent', async () => {
    const client = fixture.client();
    await expect(client.request('move_card', MOVE)).resolves.toEqual({ position: 3 });
    await expect(client.request('refresh')).resolves.toBeNull();
    // @ts-expect-error a column is missing
    expect(await rejectionOf(client.request('move_card', { card: 'a' }))).toMatchObject({
      code: 'INVALID_PAYLOAD',
    });
    expect(fixture.server.payloadsOf('move_card')).toEqual([MOVE]);
  });

  test('that does not throw says what became of it', async () => {
    const client = fixture.client();
    expect(await client.safeRequest('move_card', MOVE)).toEqual({ ok: true, data: { position: 3 } });
    fixture.server.answers.move_card = () => failure('CARD_LOCKED', { data: { by: 'Ada' } });
    const result = await client.safeRequest('move_card', MOVE);
    expect(result).toMatchObject({ ok: false, error: { code: 'CARD_LOCKED', retryable: false } });
    const by: string | undefined =
      !result.ok && result.error.code === 'CARD_LOCKED' ? result.error.data.by : undefined;
    expect(by).toBe('Ada');
    // @ts-expect-error a code that neither the event, nor the pipeline, nor the client has
    expect(!result.ok && result.error.code === 'CARD_LOKCED').toBe(false);
    fixture.server.answers.move_card = () => failure('CARD_LOCKED', { data: { by: 1 } });
    expect(await client.safeRequest('move_card', MOVE)).toMatchObject({ error: { code: 'INVALID_REPLY' } });
    client.close();
    expect(await client.safeRequest('refresh')).toMatchObject({ ok: false, error: { code: 'CLOSED' } });
  });

  test('[CALL-5] whose answer was lost is sent again where it does no harm twice, and not else', async () => {
    const client = fixture.client();
    let asked = 0;
    fixture.server.answers.move_card = () => {
      asked += 1;
      if (asked > 1) return success({ position: asked });
      fixture.server.cut();
      return undefined;
    };
    await expect(client.request('move_card', MOVE, { resend: true })).resolves.toEqual({ position: 2 });
    asked = 0;
    const named = { ...MOVE, moveId: 'm1' };
    await expect(client.request('move_card', named)).resolves.toEqual({ position: 2 });
    asked = 0;
    expect(await rejectionOf(client.request('move_card', MOVE))).toMatchObject({ code: 'DISCONNECTED' });
    expect(fixture.server.payloadsOf('move_card')).toHaveLength(5);
  });

  test('ends with its signal', async () => {
    const client = fixture.client();
    fixture.server.answers.move_card = () => undefined;
    const aborted = new AbortController();
    const answer = rejectionOf(client.request('move_card', MOVE, { signal: aborted.signal }));
    await fixture.server.until(() => fixture.server.events.includes('move_card'));
    aborted.abort('enough');
    expect(await answer).toMatchObject({ code: 'ABORTED', cause: 'enough' });
  });
});

describe('an event of any contract', () => {
  test('reaches its listeners, one of which may want the next alone', async () => {
    const client = fixture.client();
    const heard: unknown[] = [];
    client.once('cardMoved', ({ card }) => heard.push(['once', card]));
    const stop = client.on('cardMoved', ({ card }) => heard.push(['on', card]));
    const last = new Promise((resolve) =>
      client.on('cardMoved', ({ card }) => card === 'c' && resolve(card)),
    );
    await client.connect();
    for (const card of ['a', 'b', 'c']) fixture.server.socket.emit('cardMoved', { card, column: 'done' });
    await last;
    expect(heard).toEqual([
      ['once', 'a'],
      ['on', 'a'],
      ['on', 'b'],
      ['on', 'c'],
    ]);
    stop();
    // @ts-expect-error no server sends it
    expect(() => client.once('move_card', () => {})).toThrow('no event "move_card" that a server sends');
  });

  test('that breaks the contract is told, and reaches nobody', async () => {
    const violations: ContractViolation[] = [];
    const client = fixture.client({ onContractViolation: (violation) => violations.push(violation) });
    const moved = new Promise((resolve) => client.on('cardMoved', resolve));
    await client.connect();
    fixture.server.socket.emit('cardMoved', { card: 5 });
    fixture.server.socket.emit('cardMoved', MOVE);
    expect(await moved).toEqual(MOVE);
    expect(violations).toMatchObject([{ event: 'cardMoved', payload: { card: 5 } }]);
  });

  test('that is called by a number, as Socket.IO lets it, is one that the contract does not have', async () => {
    const inspected: string[] = [];
    const client = fixture.client({ inspect: createInspector(({ event }) => inspected.push(event)) });
    const moved = new Promise((resolve) => client.on('cardMoved', resolve));
    await client.connect();
    Reflect.apply(fixture.server.socket.emit, fixture.server.socket, [7, MOVE]);
    fixture.server.socket.emit('cardMoved', MOVE);
    expect(await moved).toEqual(MOVE);
    expect(inspected).toContain('7');
  });
});

describe('what the server asks', () => {
  const ask = (event: string, ...args: unknown[]) => fixture.server.socket.emitWithAck(event, ...args);

  test('[ASK-3] is answered by its handler, and refused where there is none', async () => {
    const client = fixture.client();
    await client.connect();
    expect(await ask('confirm', { card: 'a' })).toMatchObject({
      ok: false,
      error: { code: 'UNKNOWN_EVENT' },
    });
    const stop = client.handle('confirm', async ({ card }) => ({ yes: card === 'a' }));
    expect(await ask('confirm', { card: 'a' })).toEqual({ ok: true, data: { yes: true } });
    expect(await ask('confirm', { card: 'b' })).toEqual({ ok: true, data: { yes: false } });
    expect(await ask('confirm', { card: 1 })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_PAYLOAD' },
    });
    expect(await ask('nonsense')).toMatchObject({ ok: false, error: { code: 'UNKNOWN_EVENT' } });
    expect(() => client.handle('confirm', () => ({ yes: true }))).toThrow('it has a handler already');
    // @ts-expect-error nobody waits for an answer to it
    expect(() => client.handle('cardMoved', () => null)).toThrow('the contract has no reply to this event');
    stop();
    expect(await ask('confirm', { card: 'a' })).toMatchObject({
      ok: false,
      error: { code: 'UNKNOWN_EVENT' },
    });
  });

  test('gets the error that a handler means it to have, and no other', async () => {
    const uncaught = vi.fn();
    vi.stubGlobal('reportError', uncaught);
    const client = fixture.client();
    await client.connect();
    let stop = client.handle('confirm', () => {
      throw new WirepactError('FORBIDDEN', 'Not this one.');
    });
    expect(await ask('confirm', { card: 'a' })).toMatchObject({
      error: { code: 'FORBIDDEN', message: 'Not this one.' },
    });
    stop();
    stop = client.handle('confirm', () => {
      throw new Error('the password is 1234');
    });
    const failed = { ok: false, error: { code: 'INTERNAL', message: 'The handler of confirm failed.' } };
    expect(await ask('confirm', { card: 'a' })).toMatchObject(failed);
    stop();
    stop = client.handle('confirm', () => {
      throw new WirepactError('FORBIDDEN', 'Not this one.', { data: { number: 1n } });
    });
    expect(await ask('confirm', { card: 'a' })).toMatchObject(failed);
    stop();
    // @ts-expect-error the reply is another one
    client.handle('confirm', () => ({ yes: 'maybe' }));
    expect(await ask('confirm', { card: 'a' })).toMatchObject(failed);
    expect(uncaught).toHaveBeenCalledTimes(3);
    vi.unstubAllGlobals();
  });

  test('on a connection that has ended is not answered on the next', async () => {
    const client = fixture.client();
    await client.connect();
    const first = fixture.server.socket;
    let answer = (_: { yes: boolean }) => {};
    const asked = new Promise<void>((resolve) => {
      client.handle('confirm', () => {
        resolve();
        return new Promise<{ yes: boolean }>((done) => {
          answer = done;
        });
      });
    });
    void first.timeout(60_000).emit('confirm', { card: 'a' }, () => {});
    await asked;
    fixture.server.cut();
    await fixture.server.until(() => fixture.server.sockets.length === 2);
    const acks: unknown[] = [];
    fixture.server.socket.conn.on('packet', (packet) => acks.push(packet.data));
    answer({ yes: true });
    await client.request('refresh');
    expect(acks.filter((data) => String(data).startsWith('3'))).toEqual([]);
  });
});

test('options that cannot be meant are refused', () => {
  const create = (options: object) => () => createContractClient('http://localhost:3000', board, options);
  expect(create({ requestTimeoutMs: -1 })).toThrow(
    'createContractClient: "requestTimeoutMs" must be a number',
  );
  expect(create({ entityId: 'me' })).toThrow('there is no option "entityId"');
  expect(() => createContractClient('here', board)).toThrow('createContractClient: the URL must be');
  // @ts-expect-error the contract is missing
  expect(() => createContractClient('http://localhost:3000')).toThrow(
    'createContractClient needs a contract',
  );
});

test('names that are none are refused as those that the contract does not have', async () => {
  const client = createContractClient('http://localhost:3000', board, { autoConnect: false, channels });
  onTestFinished(() => client.close());
  // @ts-expect-error the event is missing
  await expect(client.request()).rejects.toMatchObject({ code: 'UNKNOWN_EVENT' });
  // @ts-expect-error the event is missing
  expect(() => client.on()).toThrow('has no event "undefined" that a server sends');
  // @ts-expect-error the room is missing
  expect(() => client.channel()).toThrow('has no room "undefined"');
  // @ts-expect-error the reducer is missing
  expect(() => client.channel('board', 'b1').reduce()).toThrow('reduce: the reducer must be a function');
});

test('a client without channels says how to have them', () => {
  const client = createContractClient('http://localhost:3000', board, { autoConnect: false });
  // @ts-expect-error the option `channels` is missing
  expect(() => client.channel('board', 'b1')).toThrow('Give `createContractClient` the option `channels`');
  client.close();
  const create = (channels: object) => () =>
    createContractClient('http://localhost:3000', board, { channels } as object);
  expect(create({})).toThrow('"channels" must be a function, but got object');
});
