import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { card, connectTo, type idleHandlers, startBoard } from '../test-board';
import { createKeptLog } from '../test-log';
import { RequestLog } from './request-log';

const FIELDS = { connectionId: expect.any(String), ms: expect.any(Number) };

describe('a line about an event', () => {
  test('says which it was, whose, by which connection and how long it took', async () => {
    const { logger, lines } = createKeptLog('debug');
    const authenticate = () => ({ entityId: 'ada' });
    const { url } = await startBoard({}, { logger, authenticate });
    const { ask, socket } = await connectTo(url);
    await ask('move_card', card);
    await ask('move_card', { ...card, column: 1 });
    const about = lines.filter(({ event }) => event === 'move_card');
    const fields = { ...FIELDS, event: 'move_card', entityId: 'ada', connectionId: socket.id };
    expect(about).toMatchObject([
      { ...fields, msg: 'handled move_card' },
      { ...fields, msg: 'refused move_card: INVALID_PAYLOAD', code: 'INVALID_PAYLOAD' },
    ]);
    expect(about[0]).not.toHaveProperty('code');
    for (const { ms } of about) expect(ms).toBeGreaterThanOrEqual(0);
    expect(lines.find(({ msg }) => msg === 'connected')).toMatchObject({ connectionId: socket.id });
  });

  test('names nobody where the server authenticates nobody, and cuts a name that is none of the contract', async () => {
    const { logger, lines } = createKeptLog('debug');
    const { url } = await startBoard({}, { logger });
    const { ask } = await connectTo(url);
    await ask('x'.repeat(1_000));
    const line = lines.find(({ code }) => code === 'UNKNOWN_EVENT');
    expect(line).toMatchObject({ ...FIELDS, event: 'x'.repeat(100) });
    expect(line).not.toHaveProperty('entityId');
  });

  test('says that its sender did not wait for it', async () => {
    const { logger, lines } = createKeptLog('debug');
    const move_card: typeof idleHandlers.move_card = ({ connection }) =>
      new Promise((_, reject) => {
        connection.closed.addEventListener('abort', () => reject(connection.closed.reason));
        client.socket.disconnect();
      });
    const { url } = await startBoard({ move_card }, { logger });
    const client = await connectTo(url);
    client.socket.emit('move_card', card);
    const find = () => lines.find(({ event }) => event === 'move_card');
    await expect.poll(find).toMatchObject({
      ...FIELDS,
      msg: 'move_card was abandoned: its sender is gone',
    });
  });
});

test('an event is abandoned, too, whose sender goes before it may be handled', async () => {
  const { logger, lines } = createKeptLog('debug');
  const answered: unknown[][] = [];
  const meter = { answered: (...args: unknown[]) => void answered.push(args.slice(0, 2)) };
  const metrics = {
    meter: () => ({
      ...meter,
      refused() {},
      ended() {},
      committed() {},
      caughtUp() {},
      watch: () => () => {},
    }),
  };
  let allow = (_isAllowed: boolean) => {};
  const authorize = () =>
    new Promise<boolean>((resolve) => {
      allow = resolve;
      client.socket.disconnect();
    });
  const { url } = await startBoard({}, { logger, metrics, authorize });
  const client = await connectTo(url);
  client.socket.emit('move_card', card);
  await expect.poll(() => lines.map(({ msg }) => msg)).toContain('disconnected');
  allow(true);
  await expect.poll(() => answered).toEqual([['move_card', 'ABANDONED']]);
  expect(lines.at(-1)).toMatchObject({ msg: 'move_card was abandoned: its sender is gone' });
});

test('nothing is done for lines that are not written: no clock is read, no object made', () => {
  const clock = vi.spyOn(performance, 'now');
  onTestFinished(() => clock.mockRestore());
  const debug = vi.fn();
  const log = new RequestLog({ debug, isLevelEnabled: () => false });
  const connection = {
    get id(): string {
      throw new Error('nobody wants to know');
    },
    ...{ isClosed: false, closed: new AbortController().signal, identity: undefined, end() {} },
  };
  const request = {
    event: 'move_card',
    cameAt: log.now(),
    peer: { connection },
    route: { definition: undefined },
    trace: undefined,
  };
  log.handled(request);
  log.refused(request, 'INVALID_PAYLOAD');
  log.abandoned(request);
  expect(request.cameAt).toBeUndefined();
  expect(clock).not.toHaveBeenCalled();
  expect(debug).not.toHaveBeenCalled();
});
