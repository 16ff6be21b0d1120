import { type Namespace, Server } from 'socket.io';
import {
  Adapter,
  ClusterAdapter,
  type ClusterMessage,
  type ClusterResponse,
  MessageType,
} from 'socket.io-adapter';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createFleetAdapter } from './fleet-adapter';
import { PacketEncoder } from './packet-encoder';

/** An adapter that keeps what it is given for other processes. */
class KeepingAdapter extends ClusterAdapter {
  constructor(
    namespace: Namespace,
    private readonly kept: ClusterMessage[],
  ) {
    super(namespace);
  }

  protected async doPublish(message: ClusterMessage): Promise<string> {
    this.kept.push(message);
    return '';
  }

  protected async doPublishResponse(_uid: string, _response: ClusterResponse): Promise<void> {}
}

/** A server alone, and what would cross from it. */
function startAlone() {
  const kept: ClusterMessage[] = [];
  const createAdapter = (namespace: Namespace) => new KeepingAdapter(namespace, kept);
  const { sockets } = new Server({
    adapter: createFleetAdapter(createAdapter, Adapter, new PacketEncoder()),
  });
  const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
  return { kept, sockets, nextTurn, kinds: () => kept.map(({ type }) => MessageType[type]) };
}

test('what servers tell each other, and what is done with connections, crosses after what was broadcast before it', async () => {
  const { sockets, nextTurn, kinds } = startAlone();
  sockets.emit('said', 1);
  sockets.serverSideEmit('told', 1);
  sockets.emit('said', 2);
  sockets.disconnectSockets();
  sockets.emit('said', 3);
  await nextTurn();
  expect(kinds()).toEqual([
    ...['BROADCAST', 'SERVER_SIDE_EMIT', 'BROADCAST'],
    ...['DISCONNECT_SOCKETS', 'BROADCAST'],
  ]);
});

test('what is large crosses by itself, so that it is not lost with others', async () => {
  const { kept, sockets, nextTurn } = startAlone();
  const mib = 'x'.repeat(1024 * 1024);
  for (const text of ['a', 'b', mib, mib, 'c']) sockets.to('room').emit('said', text);
  await nextTurn();
  const crossed = kept.map((message) => JSON.stringify(message).length);
  expect(crossed.map((length) => length > mib.length)).toEqual([false, true, true, false]);
  expect(Math.max(...crossed)).toBeLessThan(1.1 * mib.length);
});

test('what another process tells that is no broadcast reaches nobody', () => {
  const { sockets } = startAlone();
  const broadcast = vi.spyOn(Adapter.prototype, 'broadcast').mockReturnValue();
  onTestFinished(() => broadcast.mockRestore());
  const said = { text: '2["said",1]', rooms: ['room'], except: [], flags: {} };
  const older = { packet: { type: 2, data: ['said', 2] }, opts: { rooms: ['room'], except: [], flags: {} } };
  const turn = [null, 'said', older, { ...said, text: 3 }, { ...said, rooms: undefined }, said];
  const message = { uid: 'other', nsp: '/', type: MessageType.BROADCAST, data: { turn } };
  Reflect.apply(Reflect.get(sockets.adapter, 'onMessage'), sockets.adapter, [message]);
  expect(broadcast.mock.calls.map(([{ data }, { rooms }]) => [data, [...rooms]])).toEqual([
    [['said', 1], ['room']],
  ]);
});

test('what another process tells that is no message is passed over, whatever it is about', () => {
  const { sockets } = startAlone();
  const kinds = Object.values(MessageType).filter((type) => typeof type === 'number');
  const hear = (message: object) =>
    Reflect.apply(Reflect.get(sockets.adapter, 'onMessage'), sockets.adapter, [
      { uid: 'other', nsp: '/', ...message },
    ]);
  for (const type of kinds)
    for (const data of [undefined, null, 'said', {}, { opts: null }, { packet: 7 }]) hear({ type, data });
  expect(kinds.length).toBeGreaterThan(10);
});
