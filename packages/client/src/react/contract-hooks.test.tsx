// @vitest-environment happy-dom

import type { JournalEventOf } from '@wirepact/contract';
import type { ReactNode } from 'react';
import { expect, test } from 'vitest';
import { type board, board as contract, useBoardFixture as createFixture } from '../../test/board-fixture';
import { BoardRooms } from '../../test/board-rooms';
import { countListeners } from '../../test/count-listeners';
import { mount } from '../../test/react-root';
import { failure, success } from '../../test/socket-server';
import type { ContractClient } from '../index';
import { createContractHooks, type RequestHandle, type RoomHandle } from './index';

const fixture = createFixture();
const { ContractProvider, useClient, useConnection, useEvent, useRequest, useChannel, useChannelState } =
  createContractHooks(contract);

const QUICK = { transports: ['websocket' as const], reconnectionDelay: 5, heartbeatIntervalMs: 0 };

/** Shows something below a provider, and counts who listens to its client. */
function show(children: ReactNode) {
  const rooms = new BoardRooms(fixture.server);
  const { client, count } = countListeners<ContractClient<typeof board>>(fixture.client());
  const wrap = (shown: ReactNode) => <ContractProvider client={client}>{shown}</ContractProvider>;
  const page = mount(wrap(children));
  return { ...page, rooms, client, count, show: (shown: ReactNode) => page.show(wrap(shown)) };
}

test('a provider has a client of its own: one connection, which ends with it', async () => {
  const seen = new Set<object>();
  function Status() {
    seen.add(useClient());
    return useConnection().status;
  }
  const page = mount(
    <ContractProvider url={fixture.server.url} options={QUICK}>
      <Status />
    </ContractProvider>,
  );
  await expect.poll(page.text).toBe('connected');
  expect([seen.size, fixture.server.sockets.length]).toEqual([1, 1]);
  page.unmount();
  await expect.poll(() => fixture.server.io.sockets.sockets.size).toBe(0);
});

test('an event reaches the listener of the last render, once, as long as the component is there', async () => {
  const heard: string[] = [];
  function Listener({ name }: { name: string }) {
    useEvent('cardMoved', ({ card }) => heard.push(`${name}: ${card}`));
    return name;
  }
  const page = show(<Listener name="first" />);
  await page.client.connect();
  await expect.poll(page.count).toBeGreaterThan(0);
  fixture.server.socket.emit('cardMoved', { card: 'a', column: 'done' });
  await expect.poll(() => heard).toEqual(['first: a']);
  page.show(<Listener name="second" />);
  await expect.poll(page.text).toBe('second');
  fixture.server.socket.emit('cardMoved', { card: 'b', column: 'done' });
  await expect.poll(() => heard).toEqual(['first: a', 'second: b']);
  page.show(null);
  await expect.poll(page.count).toBe(0);
  fixture.server.socket.emit('cardMoved', { card: 'c', column: 'done' });
  await page.client.request('refresh');
  expect(heard).toHaveLength(2);
});

test('a request says whether it waits and what came of it, and never rejects', async () => {
  const seen = {} as { move: RequestHandle<typeof board, 'move_card'> };
  const pending: boolean[] = [];
  function Mover() {
    seen.move = useRequest('move_card');
    if (pending.at(-1) !== seen.move.isPending) pending.push(seen.move.isPending);
    return seen.move.error?.code ?? seen.move.data?.position;
  }
  const page = show(<Mover />);
  await expect.poll(() => seen.move).toBeDefined();
  const { request } = seen.move;
  const move = { card: 'a', column: 'done' };
  expect(await request(move)).toEqual({ ok: true, data: { position: 3 } });
  await expect.poll(page.text).toBe('3');
  fixture.server.answers.move_card = () => failure('CARD_LOCKED', { data: { by: 'Ada' } });
  expect(await request(move)).toMatchObject({
    ok: false,
    error: { code: 'CARD_LOCKED', data: { by: 'Ada' } },
  });
  await expect.poll(page.text).toBe('CARD_LOCKED');
  expect(seen.move.data).toEqual({ position: 3 });
  fixture.server.answers.move_card = () => success({ position: 4 });
  await request(move);
  await expect.poll(page.text).toBe('4');
  await expect.poll(() => pending).toEqual([false, true, false, true, false, true, false]);
  expect(seen.move.request).toBe(request);
});

test('a room is taken part in as long as a component uses it', async () => {
  const seen = {} as { room: RoomHandle<typeof board, 'board'> };
  function Room() {
    seen.room = useChannel('board', 'b1');
    return seen.room.state;
  }
  const page = show([<Room key="1" />, <Room key="2" />]);
  await expect.poll(page.text).toBe('joinedjoined');
  expect(fixture.server.payloadsOf('wirepact:join')).toHaveLength(1);
  const place = { boardId: 'b1', card: 'a', column: 'done' };
  expect(await seen.room.channel?.send('place_card', place)).toEqual({ seq: 1 });
  page.show([<Room key="1" />]);
  await expect.poll(page.text).toBe('joined');
  fixture.server.cut();
  await fixture.server.until(() => fixture.server.sockets.length === 2);
  await expect.poll(page.text).toBe('joined');
  expect(page.rooms.isOccupied('b1')).toBe(true);
  page.show(null);
  await expect.poll(() => page.rooms.isOccupied('b1')).toBe(false);
  await expect.poll(page.count).toBe(0);
});

test('a room that the server does not let this client into says so', async () => {
  const Room = () =>
    [useChannel('board', 'secret').state, useChannel('board', 'secret').error?.code].join(' ');
  const page = show(<Room />);
  await expect.poll(page.text).toBe('failed FORBIDDEN');
});

const reduce = (cards: readonly string[], { payload }: JournalEventOf<typeof board, 'board'>) => [
  ...cards,
  payload.card,
];

test('a state is what the events of a room make of it, with what is expected on top', async () => {
  const seen = {} as { room: RoomHandle<typeof board, 'board'> };
  function Cards({ id }: { id: string }) {
    seen.room = useChannel('board', id);
    return useChannelState('board', id, { reduce, initial: ['first'] }).join();
  }
  const page = show(<Cards id="b1" />);
  await expect.poll(() => seen.room?.state).toBe('joined');
  page.rooms.place({ boardId: 'b1', card: 'a', column: 'done' });
  await expect.poll(page.text).toBe('first,a');
  page.rooms.isAnswering = false;
  fixture.server.answers.place_card = () => undefined;
  const payload = { boardId: 'b1', card: 'mine', column: 'done' };
  const sent = seen.room.channel?.send('place_card', payload, { expects: { event: 'cardPlaced', payload } });
  sent?.catch(() => {});
  await expect.poll(page.text).toBe('first,a,mine');
  page.show(<Cards id="b2" />);
  await expect.poll(page.text).toBe('first');
  await expect.poll(() => page.rooms.isOccupied('b1')).toBe(false);
  page.show(null);
  await expect.poll(page.count).toBe(0);
});

test('a state is asked for, and followed from there', async () => {
  let loads = 0;
  function Cards() {
    const load = async () => {
      loads += 1;
      return { state: ['loaded'], epoch: 'one', seq: 1 };
    };
    return useChannelState('board', 'b1', { reduce, load })?.join() ?? 'loading';
  }
  const page = show(<Cards />);
  page.rooms.place({ boardId: 'b1', card: 'a', column: 'done' });
  await expect.poll(page.text).toBe('loaded');
  page.rooms.place({ boardId: 'b1', card: 'b', column: 'done' });
  await expect.poll(page.text).toBe('loaded,b');
  fixture.server.cut();
  page.rooms.place({ boardId: 'b1', card: 'c', column: 'done' });
  await expect.poll(page.text).toBe('loaded,b,c');
  expect(loads).toBe(1);
});

test('a client that was closed meanwhile leaves its rooms as they are', async () => {
  const Room = () => [
    useChannel('board', 'b1').state,
    useChannelState('board', 'b1', { reduce, initial: [] }),
  ];
  const page = show(null);
  page.client.close();
  page.show(<Room />);
  await expect.poll(page.text).toBe('joining');
  page.show(null);
  await expect.poll(page.text).toBe('');
});
