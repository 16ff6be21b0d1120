import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { useBoardFixture } from '../../../test/board-fixture';
import { BoardRooms } from '../../../test/board-rooms';
import { rejectionOf, untilState } from '../../../test/chat-fixture';
import { failure, success } from '../../../test/socket-server';
import type { RoomChannelState } from '../../index';

const fixture = useBoardFixture();
const BOARD = 'b1';
const at = (card: string, column = 'done') => ({ boardId: BOARD, card, column });

let rooms: BoardRooms;
beforeEach(() => {
  rooms = new BoardRooms(fixture.server);
});

const isJoined = ({ status }: RoomChannelState) => status === 'joined';
const joins = () => fixture.server.payloadsOf('wirepact:join');

/** Columns of cards, and how to keep them. */
type Columns = Readonly<Record<string, string>>;
const move = (columns: Columns, { payload }: { payload: { card: string; column: string } }): Columns => ({
  ...columns,
  [payload.card]: payload.column,
});

describe('a channel of a room', () => {
  test('is there at once, and joins by itself once there is a connection', async () => {
    const client = fixture.client({ autoConnect: false });
    const channel = client.channel('board', BOARD);
    expect(channel.state.get()).toEqual({ status: 'joining' });
    const heard: string[] = [];
    channel.on('cardPlaced', ({ card, seq }) => heard.push(`${card} ${seq}`));
    const sent = channel.send('place_card', at('a'));
    void client.connect();
    await untilState(channel.state, isJoined);
    expect(await sent).toEqual({ seq: 1 });
    rooms.place(at('b'));
    await channel.send('place_card', at('c'));
    expect(heard).toEqual(['a 1', 'b 2', 'c 3']);
    expect(joins()).toEqual([{ room: 'board', id: BOARD }]);
  });

  test('hears only what is of its room, and listens only to what a room hears', async () => {
    const client = fixture.client();
    const channel = client.channel('board', BOARD);
    const other = client.channel('board', 'b2');
    const heard: string[] = [];
    const unheard: string[] = [];
    const off = ({ card }: { card: string }) => unheard.push(card);
    channel.on('pointed', ({ card }) => heard.push(card));
    channel.on('pointed', off);
    channel.off('pointed', off);
    await untilState(channel.state, isJoined);
    await untilState(other.state, isJoined);
    rooms.tell('pointed', { boardId: 'b2', card: 'x' } as { boardId: string });
    rooms.tell('pointed', { boardId: BOARD, card: 'y' } as { boardId: string });
    await client.request('refresh');
    expect(heard).toEqual(['y']);
    expect(unheard).toEqual([]);
    // @ts-expect-error an event of the connection
    expect(() => channel.on('confirm', () => {})).toThrow('this event belongs to no board');
    // @ts-expect-error there are no such rooms
    expect(() => client.channel('bord', BOARD)).toThrow('Did you mean "board"?');
    expect(() => client.channel('board', '')).toThrow('the id must be a string that is not empty');
    // @ts-expect-error an event without a key
    expect(await rejectionOf(channel.send('refresh', {}))).toMatchObject({ code: 'INVALID_OPTIONS' });
  });

  test('[ROOM-11] catches up after a reconnect, each event once and in order', async () => {
    const client = fixture.client();
    const channel = client.channel('board', BOARD);
    const heard: number[] = [];
    channel.on('cardPlaced', ({ seq = 0 }) => heard.push(seq));
    await untilState(channel.state, isJoined);
    rooms.place(at('a'));
    await client.request('refresh');
    fixture.server.cut();
    await untilState(channel.state, ({ status }) => status === 'rejoining');
    rooms.place(at('b'));
    rooms.place(at('c'));
    await untilState(channel.state, isJoined);
    rooms.place(at('d'));
    await client.request('refresh');
    expect(heard).toEqual([1, 2, 3, 4]);
    expect(joins()[1]).toEqual({ room: 'board', id: BOARD, resume: { epoch: 'one', seq: 1 } });
  });

  test('[ROOM-11] asks for what it has missed while connected', async () => {
    const client = fixture.client();
    const channel = client.channel('board', BOARD);
    const heard: number[] = [];
    channel.on('cardPlaced', ({ seq = 0 }) => heard.push(seq));
    await untilState(channel.state, isJoined);
    rooms.place(at('a'));
    rooms.place(at('b'), true);
    rooms.place(at('c'));
    await fixture.server.until(() => joins().length === 2);
    await client.request('refresh');
    expect(heard).toEqual([1, 2, 3]);
  });

  test('is joined once for all who hold it, and left with the last of them', async () => {
    const client = fixture.client();
    const [one, other] = [client.channel('board', BOARD), client.channel('board', BOARD)];
    const heard: string[] = [];
    one.on('cardPlaced', () => heard.push('one'));
    other.on('cardPlaced', () => heard.push('other'));
    await untilState(one.state, isJoined);
    one.release();
    one.release();
    rooms.place(at('a'));
    await client.request('refresh');
    expect(heard).toEqual(['other']);
    expect(rooms.isOccupied(BOARD)).toBe(true);
    expect(await rejectionOf(one.send('place_card', at('a')))).toMatchObject({ code: 'CHANNEL_LEFT' });
    other.release();
    await fixture.server.until(() => !rooms.isOccupied(BOARD));
    expect(other.state.get()).toEqual({ status: 'left' });
    expect(joins()).toHaveLength(1);
    const again = client.channel('board', BOARD);
    await untilState(again.state, isJoined);
    expect(rooms.isOccupied(BOARD)).toBe(true);
  });

  test('does not ask for more where a late event is of the room that was deleted', async () => {
    const client = fixture.client();
    const channel = client.channel('board', BOARD);
    const heard: string[] = [];
    channel.on('cardPlaced', ({ card }) => heard.push(card));
    await untilState(channel.state, isJoined);
    const late = rooms.place(at('a'), true);
    fixture.server.socket.emit('wirepact:deleted', { room: 'board', id: BOARD, epoch: 'one', seq: 2 });
    await untilState(channel.state, ({ status }) => status === 'deleted');
    Object.assign(rooms, { epoch: 'two', journal: [] });
    client.channel('board', BOARD);
    await untilState(channel.state, isJoined);
    // Its sender is told, in the room or not.
    rooms.tell('cardPlaced', late);
    rooms.place(at('b'));
    await client.request('refresh');
    expect(heard).toEqual(['b']);
    expect(joins()).toHaveLength(2);
  });

  test('says what holds it up, at first and when it comes back, and is entered once that is over', async () => {
    const join = fixture.server.answers['wirepact:join'];
    let isHeldUp = true;
    fixture.server.answers['wirepact:join'] = (payload, socket) =>
      isHeldUp ? failure('UNAVAILABLE', { retryable: true }) : join?.(payload, socket);
    const channel = fixture.client().channel('board', BOARD);
    const isTold = ({ error }: RoomChannelState) => error !== undefined;
    const error = { code: 'UNAVAILABLE' };
    expect(await untilState(channel.state, isTold)).toMatchObject({ status: 'joining', error });
    isHeldUp = false;
    await untilState(channel.state, isJoined);
    isHeldUp = true;
    fixture.server.cut();
    expect(await untilState(channel.state, isTold)).toMatchObject({ status: 'rejoining', error });
    isHeldUp = false;
    expect(await untilState(channel.state, isJoined)).toEqual({ status: 'joined' });
  });

  test('says why it is not let in, is taken out or over', async () => {
    const client = fixture.client();
    const secret = client.channel('board', 'secret');
    const refused = await untilState(secret.state, ({ status }) => status === 'failed');
    expect(refused.error).toMatchObject({ code: 'FORBIDDEN' });
    const channel = client.channel('board', BOARD);
    await untilState(channel.state, isJoined);
    const reason = { reason: 'REMOVED', message: 'Not today.' };
    fixture.server.socket.emit('wirepact:left', { room: 'board', id: BOARD, ...reason });
    const removed = await untilState(channel.state, ({ status }) => status === 'removed');
    expect(removed.error).toMatchObject({ code: 'REMOVED', message: 'Not today.' });
    const heard: string[] = [];
    channel.on('cardPlaced', ({ card }) => heard.push(card));
    rooms.place(at('late'));
    await client.request('refresh');
    expect(heard).toEqual([]);
    const again = client.channel('board', BOARD);
    await untilState(again.state, isJoined);
    await untilState(channel.state, isJoined);
    fixture.server.socket.emit('wirepact:deleted', { room: 'board', id: BOARD, epoch: 'one', seq: 1 });
    await untilState(again.state, ({ status }) => status === 'deleted');
    fixture.server.cut();
    await fixture.server.until(() => fixture.server.sockets.length === 2);
    await client.request('refresh');
    expect(joins().filter(({ id }) => id === BOARD)).toHaveLength(2);
    client.close();
    await untilState(secret.state, ({ status }) => status === 'closed');
    expect(() => client.channel('board', BOARD)).toThrow('The client is closed');
  });
});

describe('a send', () => {
  test('that waits too long for its room says what it waited for', async () => {
    const client = fixture.client();
    await client.connect();
    fixture.server.answers['wirepact:join'] = () => undefined;
    const channel = client.channel('board', BOARD);
    const failed = await rejectionOf(channel.send('place_card', at('a'), { timeoutMs: 50 }));
    expect(failed).toMatchObject({
      code: 'TIMEOUT',
      message: expect.stringContaining('board is not joined yet'),
    });
    expect(fixture.server.payloadsOf('place_card')).toEqual([]);
  });

  test('[ROOM-12] is repeated with the same key where its answer was lost, and taken once', async () => {
    const client = fixture.client();
    const channel = client.channel('board', BOARD);
    await untilState(channel.state, isJoined);
    rooms.isAnswering = false;
    const [first, second] = [channel.send('place_card', at('a')), channel.send('place_card', at('b'))];
    await fixture.server.until(() => rooms.seq === 1);
    rooms.isAnswering = true;
    fixture.server.cut();
    expect([await first, await second]).toEqual([{ seq: 1 }, { seq: 2 }]);
    const sent = fixture.server.payloadsOf('place_card');
    expect(sent.map(({ card }) => card)).toEqual(['a', 'a', 'b']);
    expect(sent[0]?.moveId).toBe(sent[1]?.moveId);
    expect(sent[0]?.moveId).not.toBe(sent[2]?.moveId);
  });

  test('goes out after those that wait since before the room was deleted, and all fail with their client', async () => {
    const client = fixture.client();
    const channel = client.channel('board', BOARD);
    await untilState(channel.state, isJoined);
    rooms.isAnswering = false;
    const first = channel.send('place_card', at('a'));
    await fixture.server.until(() => rooms.seq === 1);
    fixture.server.socket.emit('wirepact:deleted', { room: 'board', id: BOARD, epoch: 'one', seq: 2 });
    await untilState(channel.state, ({ status }) => status === 'deleted');
    const again = client.channel('board', BOARD);
    await untilState(again.state, isJoined);
    const second = again.send('place_card', at('b'));
    await client.request('refresh');
    expect(fixture.server.payloadsOf('place_card').map(({ card }) => card)).toEqual(['a']);
    const failures = Promise.all([rejectionOf(first), rejectionOf(second)]);
    client.close();
    expect(await failures).toMatchObject([{ code: 'CLOSED' }, { code: 'CLOSED' }]);
  });

  test('waits for its room to be joined', async () => {
    const client = fixture.client();
    await client.connect();
    const join = fixture.server.answers['wirepact:join'];
    let answer = () => {};
    fixture.server.answers['wirepact:join'] = (payload, socket) =>
      new Promise((resolve) => {
        answer = () => resolve(join?.(payload, socket));
      });
    const channel = client.channel('board', BOARD);
    const sent = channel.send('place_card', at('a'));
    await fixture.server.until(() => joins().length === 1);
    await client.request('refresh');
    expect(fixture.server.payloadsOf('place_card')).toEqual([]);
    answer();
    expect(await sent).toEqual({ seq: 1 });
  });

  test('that fails is forgotten, and does not hold up the next', async () => {
    const client = fixture.client();
    const channel = client.channel('board', BOARD);
    const serve = fixture.server.answers.place_card;
    fixture.server.answers.place_card = (payload, socket) =>
      payload.card === 'a' ? failure('CARD_LOCKED', { data: { by: 'Ada' } }) : serve?.(payload, socket);
    const first = rejectionOf(channel.send('place_card', at('a')));
    const second = channel.send('place_card', at('b'));
    expect(await first).toMatchObject({ code: 'CARD_LOCKED', data: { by: 'Ada' } });
    expect(await second).toEqual({ seq: 1 });
    for (let number = 0; number < 120; number += 1) await rejectionOf(channel.send('place_card', at('a')));
    expect(await channel.send('place_card', at('c'))).toEqual({ seq: 2 });
  });
});

describe('a state made of the events of a room', () => {
  test('has what is expected at once, and takes it back where it does not happen', async () => {
    const client = fixture.client();
    const channel = client.channel('board', BOARD);
    const columns = channel.reduce(move, {} as Columns);
    await untilState(channel.state, isJoined);
    const seen: Columns[] = [];
    columns.subscribe((value) => seen.push(value));
    const expects = (card: string) => ({ expects: { event: 'cardPlaced', payload: at(card) } as const });
    const sent = channel.send('place_card', at('a'), expects('a'));
    await untilState(columns, ({ a }) => a === 'done');
    expect(rooms.seq).toBe(0);
    await sent;
    rooms.place(at('a', 'todo'));
    await untilState(columns, ({ a }) => a === 'todo');
    const serve = fixture.server.answers.place_card;
    fixture.server.answers.place_card = () => failure('CARD_LOCKED', { data: { by: 'Ada' } });
    const refused = rejectionOf(channel.send('place_card', at('b'), expects('b')));
    await untilState(columns, ({ b }) => b === 'done');
    expect(await refused).toMatchObject({ code: 'CARD_LOCKED' });
    expect(columns.get()).toEqual({ a: 'todo' });
    fixture.server.answers.place_card = serve ?? (() => undefined);
    // Once it was there, it never went away before it had happened.
    const shown = seen.map(({ a = '' }) => a);
    expect(shown.slice(shown.indexOf('done'), shown.indexOf('todo'))).not.toContain('');
  });

  test('shows what others did below what is expected', async () => {
    const client = fixture.client();
    const channel = client.channel('board', BOARD);
    const columns = channel.reduce(move, {} as Columns);
    await untilState(channel.state, isJoined);
    rooms.isAnswering = false;
    const serve = fixture.server.answers.place_card;
    fixture.server.answers.place_card = () => undefined;
    const expects = { event: 'cardPlaced', payload: at('a', 'mine') } as const;
    const sent = channel.send('place_card', at('a', 'mine'), { expects });
    await untilState(columns, ({ a }) => a === 'mine');
    rooms.place(at('a', 'theirs'));
    rooms.place(at('b', 'theirs'));
    await untilState(columns, ({ b }) => b === 'theirs');
    expect(columns.get()).toEqual({ a: 'mine', b: 'theirs' });
    rooms.isAnswering = true;
    fixture.server.answers.place_card = serve ?? (() => undefined);
    fixture.server.cut();
    await sent;
    expect(columns.get()).toEqual({ a: 'mine', b: 'theirs' });
  });

  test('leaves out what its reducer throws at, which everybody else hears, and goes on', async () => {
    const uncaught = vi.fn();
    vi.stubGlobal('reportError', uncaught);
    onTestFinished(() => void vi.unstubAllGlobals());
    const client = fixture.client();
    const channel = client.channel('board', BOARD);
    const careful = channel.reduce((columns, event) => {
      if (event.payload.card === 'b') throw new Error('no b');
      return move(columns, event);
    }, {} as Columns);
    const columns = channel.reduce(move, {} as Columns);
    const heard: string[] = [];
    channel.on('cardPlaced', ({ card }) => heard.push(card));
    await untilState(channel.state, isJoined);
    for (const card of ['a', 'b', 'c']) rooms.place(at(card));
    await untilState(careful, ({ c }) => c === 'done');
    expect(careful.get()).toEqual({ a: 'done', c: 'done' });
    expect(columns.get()).toEqual({ a: 'done', b: 'done', c: 'done' });
    expect(heard).toEqual(['a', 'b', 'c']);
    // What is expected goes through it as well, and is sent whatever it does.
    const expects = { event: 'cardPlaced', payload: at('b', 'todo') } as const;
    await channel.send('place_card', at('d', 'todo'), { expects });
    await untilState(columns, ({ d }) => d === 'todo');
    expect(uncaught).toHaveBeenCalledWith(new Error('no b'));
  });

  test('begins though something came before the room was entered', async () => {
    const client = fixture.client();
    const join = fixture.server.answers['wirepact:join'];
    // What a client causes it is told, in the room or not.
    fixture.server.answers['wirepact:join'] = (payload, socket) => {
      socket.emit('cardPlaced', rooms.place(at('a')));
      return join?.(payload, socket);
    };
    const channel = client.channel('board', BOARD);
    const snapshot = async () => ({ state: ['loaded'], epoch: rooms.epoch, seq: rooms.seq });
    const listed = channel.reduceFrom<string[]>((cards, { payload }) => [...cards, payload.card], snapshot);
    await untilState(channel.state, isJoined);
    expect(await untilState(listed, (value) => value !== undefined)).toEqual(['loaded']);
    // Added while the client is away.
    fixture.server.cut();
    await untilState(channel.state, ({ status }) => status === 'rejoining');
    const added = channel.reduceFrom<string[]>((cards, { payload }) => [...cards, payload.card], snapshot);
    expect(await untilState(added, (value) => value !== undefined)).toEqual(['loaded']);
  });

  test('has an event once that comes after the answer it is part of', async () => {
    const client = fixture.client();
    const channel = client.channel('board', BOARD);
    await untilState(channel.state, isJoined);
    const early = rooms.place(at('a'), true);
    const listed = channel.reduceFrom<string[]>(
      (cards, { payload }) => [...cards, payload.card],
      async () => ({ state: ['a'], epoch: rooms.epoch, seq: 1 }),
    );
    await untilState(listed, (cards) => cards !== undefined);
    rooms.tell('cardPlaced', early);
    rooms.place(at('b'));
    await untilState(listed, (cards) => cards?.at(-1) === 'b');
    expect(listed.get()).toEqual(['a', 'b']);
  });

  test('keeps what is expected until its event comes, after the answer or as part of what is loaded anew', async () => {
    const client = fixture.client();
    const channel = client.channel('board', BOARD);
    let loads = 0;
    const load = async () => {
      loads += 1;
      return { state: rooms.journal.map(({ card }) => card), epoch: rooms.epoch, seq: rooms.seq };
    };
    const listed = channel.reduceFrom<string[]>((cards, { payload }) => [...cards, payload.card], load);
    await untilState(listed, (cards) => cards !== undefined);
    const expects = (card: string) => ({ expects: { event: 'cardPlaced', payload: at(card) } as const });
    fixture.server.answers.place_card = (payload) =>
      success({ seq: rooms.place({ ...at(`${payload.card}`), moveId: `${payload.moveId}` }, true).seq });
    await channel.send('place_card', at('a'), expects('a'));
    expect(listed.get()).toEqual(['a']);
    const [placed] = rooms.journal;
    if (placed) rooms.tell('cardPlaced', placed);
    await client.request('refresh');
    expect(listed.get()).toEqual(['a']);
    await channel.send('place_card', at('b'), expects('b'));
    rooms.from = 100;
    fixture.server.cut();
    await expect.poll(() => loads).toBe(2);
    rooms.place(at('c'));
    await untilState(listed, (cards) => cards?.at(-1) === 'c');
    expect(listed.get()).toEqual(['a', 'b', 'c']);
  });

  test('is loaded again where that fails for now', async () => {
    const client = fixture.client();
    const channel = client.channel('board', BOARD);
    rooms.place(at('a'));
    let loads = 0;
    fixture.server.answers.refresh = () => {
      loads += 1;
      return loads === 1 ? failure('UNAVAILABLE', { retryable: true }) : success(null);
    };
    const listed = channel.reduceFrom<string[]>(
      (cards, { payload }) => [...cards, payload.card],
      async () => {
        await client.request('refresh');
        return { state: ['a'], epoch: rooms.epoch, seq: 1 };
      },
    );
    expect(await untilState(listed, (cards) => cards !== undefined)).toEqual(['a']);
    expect(loads).toBe(2);
  });

  test('expects no event of a send that happened before', async () => {
    const client = fixture.client();
    const channel = client.channel('board', BOARD);
    const load = async () => {
      await client.request('refresh');
      return { state: rooms.journal.map(({ card }) => card), epoch: rooms.epoch, seq: rooms.seq };
    };
    const listed = channel.reduceFrom<string[]>((cards, { payload }) => [...cards, payload.card], load);
    rooms.place({ ...at('a'), moveId: 'named' });
    await untilState(listed, (cards) => cards?.length === 1);
    // The application repeats what a page before it has sent.
    const repeat = { ...at('a'), moveId: 'named' };
    const expects = (card: string) => ({ expects: { event: 'cardPlaced', payload: at(card) } as const });
    expect(await channel.send('place_card', repeat, expects('a'))).toEqual({ seq: 1 });
    expect(listed.get()).toEqual(['a']);
    // Taken, and not told: neither the answer nor the event comes before all is loaded anew.
    rooms.isAnswering = false;
    const lost = channel.send('place_card', at('b'), expects('b'));
    await fixture.server.until(() => rooms.seq === 2);
    rooms.from = 100;
    rooms.isAnswering = true;
    fixture.server.cut();
    expect(await lost).toEqual({ seq: 2 });
    await untilState(listed, (cards) => cards?.join() === 'a,b');
    await client.request('refresh');
    expect(listed.get()).toEqual(['a', 'b']);
  });

  test('is asked for, at first and where what was missed cannot be told', async () => {
    const client = fixture.client();
    const channel = client.channel('board', BOARD);
    rooms.place(at('a', 'todo'));
    let loads = 0;
    const listed = channel.reduceFrom<string[]>(
      (cards, { payload }) => [...cards, payload.card],
      async () => {
        loads += 1;
        // What happens while it is on its way: part of it, and not part of it.
        if (loads === 1) rooms.place(at('b'));
        await client.request('refresh');
        const { epoch, seq, journal } = rooms;
        const state = journal.map(({ card }) => card);
        if (loads === 1) rooms.place(at('c'));
        await client.request('refresh');
        return { state, epoch, seq };
      },
    );
    expect(listed.get()).toBeUndefined();
    expect(await untilState(listed, (value) => value !== undefined)).toEqual(['a', 'b', 'c']);
    fixture.server.cut();
    await untilState(channel.state, ({ status }) => status === 'rejoining');
    rooms.place(at('d'));
    rooms.from = 100;
    await untilState(listed, (value) => value?.length === 4);
    expect(listed.get()).toEqual(['a', 'b', 'c', 'd']);
    expect(loads).toBe(2);
  });
});
