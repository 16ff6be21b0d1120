import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { board, useBoardFixture } from '../../../test/board-fixture';
import { rejectionOf } from '../../../test/chat-fixture';
import { failure, success } from '../../../test/socket-server';
import { createContractClient } from '../../index';
import { createInspector, type InspectedEvent } from '../../inspect';

const fixture = useBoardFixture();
const MOVE = { card: 'ä', column: 'done' };

/** An inspected client that is connected, and the newest that is known of each event in its order. */
async function inspect(listener: (event: InspectedEvent) => void = () => {}) {
  const told = new Map<number, InspectedEvent>();
  const client = fixture.client({
    onContractViolation() {},
    inspect: createInspector((event) => {
      told.set(event.id, event);
      listener(event);
    }),
  });
  await client.connect();
  const of = (name: string) => [...told.values()].filter(({ event }) => event === name);
  return { client, of };
}

const ANSWERED = { ms: expect.any(Number), issues: [] };

describe('an inspector is told of', () => {
  test('what is sent, its size in bytes, and what was answered', async () => {
    const before = Date.now();
    const { client, of } = await inspect();
    await client.request('move_card', MOVE);
    await client.request('refresh');
    await expect
      .poll(() => [...of('move_card'), ...of('refresh')])
      .toEqual([
        {
          ...{ id: expect.any(Number), direction: 'out', event: 'move_card', payload: MOVE, isKnown: true },
          // Two bytes are one letter.
          size: JSON.stringify(MOVE).length + 1,
          at: expect.any(Number),
          issues: [],
          answer: { ...ANSWERED, data: { position: 3 } },
        },
        expect.objectContaining({ payload: undefined, size: 0, answer: { ...ANSWERED, data: null } }),
      ]);
    const [sent] = of('move_card');
    expect(sent?.at).toBeGreaterThanOrEqual(before);
    expect(sent?.answer?.ms).toBeGreaterThan(0);
  });

  test('refusals of the server, with its code, its words and its issues', async () => {
    const { client, of } = await inspect();
    const issues = [{ path: '/column', message: 'is no column', keyword: 'enum' }];
    fixture.server.answers.move_card = () => failure('INVALID_PAYLOAD', { issues });
    await client.safeRequest('move_card', MOVE);
    await expect
      .poll(() => of('move_card').map(({ answer }) => answer))
      .toEqual([{ ...ANSWERED, code: 'INVALID_PAYLOAD', message: 'INVALID_PAYLOAD happened', issues }]);
  });

  test.each([
    [success({ position: 'x' }), '/position'],
    ['nonsense', undefined],
  ])('an answer that breaks the contract: %j', async (answer, path) => {
    const { client, of } = await inspect();
    fixture.server.answers.move_card = () => answer;
    await client.safeRequest('move_card', MOVE);
    await expect
      .poll(() => of('move_card').map((event) => event.answer))
      .toMatchObject([{ code: 'INVALID_REPLY', issues: path ? [{ path }] : [] }]);
  });

  test('what is refused here and never sent', async () => {
    const { client, of } = await inspect();
    // @ts-expect-error a column is missing
    await rejectionOf(client.request('move_card', { card: 'a' }));
    // @ts-expect-error the contract has no such event
    await rejectionOf(client.request('move_cart', MOVE));
    expect([...of('move_card'), ...of('move_cart')]).toMatchObject([
      { direction: 'out', isKnown: true, answer: { code: 'INVALID_PAYLOAD', issues: [{ path: '/column' }] } },
      { direction: 'out', isKnown: false, answer: { code: 'UNKNOWN_EVENT', issues: [] } },
    ]);
    expect(of('move_card')[0]?.answer?.ms).toBeUndefined();
    expect(fixture.server.payloadsOf('move_card')).toEqual([]);
  });

  test('what got no answer: the time is over, the connection is lost', async () => {
    const { client, of } = await inspect();
    fixture.server.answers.move_card = () => undefined;
    await rejectionOf(client.request('move_card', MOVE, { timeoutMs: 20 }));
    fixture.server.answers.refresh = () => {
      fixture.server.cut();
      return undefined;
    };
    await rejectionOf(client.request('refresh'));
    await expect
      .poll(() => [...of('move_card'), ...of('refresh')])
      .toMatchObject([
        { answer: { code: 'TIMEOUT', issues: [] } },
        { answer: { code: 'DISCONNECTED', issues: [] } },
      ]);
  });

  test('what comes, with what breaks the contract, and what the contract does not have', async () => {
    const { client, of } = await inspect();
    const heard: unknown[] = [];
    client.on('cardMoved', (payload) => heard.push(payload));
    fixture.server.socket.emit('cardMoved', { card: 1, column: 'done' });
    fixture.server.socket.emit('cardMoved', MOVE);
    fixture.server.socket.emit('cardBurnt');
    await expect.poll(() => of('cardBurnt')).toMatchObject([{ isKnown: false, size: 0, issues: [] }]);
    await expect
      .poll(() => of('cardMoved'))
      .toMatchObject([
        { direction: 'in', payload: { card: 1 }, isKnown: true, issues: [{ path: '/card' }] },
        { direction: 'in', payload: MOVE, issues: [] },
      ]);
    expect(of('cardMoved')[1]).not.toHaveProperty('answer');
    expect(heard).toEqual([MOVE]);
  });

  test('what this client answers', async () => {
    const { client, of } = await inspect();
    client.handle('confirm', async () => ({ yes: true }));
    const ask = (payload: unknown) => fixture.server.socket.emitWithAck('confirm', payload);
    expect(await ask({ card: 'a' })).toEqual({ ok: true, data: { yes: true } });
    expect(await ask({ card: 1 })).toMatchObject({ error: { code: 'INVALID_PAYLOAD' } });
    await expect
      .poll(() => of('confirm'))
      .toMatchObject([
        { direction: 'in', issues: [], answer: { ...ANSWERED, data: { yes: true } } },
        { direction: 'in', issues: [{ path: '/card' }], answer: { code: 'INVALID_PAYLOAD' } },
      ]);
  });

  test('each event first as it goes, then as it is answered', async () => {
    const told: (InspectedEvent | undefined)[] = [];
    const { client } = await inspect((event) => event.event === 'move_card' && told.push(event));
    await client.request('move_card', MOVE);
    await expect.poll(() => told.length).toBe(2);
    expect(told[0]?.answer).toBeUndefined();
    expect(told[1]).toEqual({ ...told[0], answer: told[1]?.answer });
  });
});

test('what its listener throws is reported, and harms nothing', async () => {
  const uncaught = vi.fn();
  vi.stubGlobal('reportError', uncaught);
  onTestFinished(() => void vi.unstubAllGlobals());
  const { client } = await inspect(() => {
    throw new Error('broken');
  });
  expect(await client.request('move_card', MOVE)).toEqual({ position: 3 });
  expect(uncaught).toHaveBeenCalledWith(new Error('broken'));
});

test('clients share an inspector, and those without one are left alone', async () => {
  const told: InspectedEvent[] = [];
  const inspector = createInspector((event) => told.push(event));
  const clients = [
    fixture.client({ inspect: inspector }),
    fixture.client({ inspect: inspector }),
    fixture.client(),
  ];
  for (const client of clients) await client.request('refresh');
  await expect.poll(() => told.filter(({ answer }) => answer).length).toBe(2);
  expect(new Set(told.map(({ id }) => id)).size).toBe(2);
});

test('what is no inspector is refused', () => {
  // @ts-expect-error it takes what `createInspector` gives
  expect(() => createContractClient('http://localhost:1', board, { inspect: 'all' })).toThrow(
    'createContractClient: "inspect" must be a function, but got string.',
  );
});
