import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { useBoardFixture } from '../../../test/board-fixture';
import { BoardRooms } from '../../../test/board-rooms';
import { rejectionOf, untilState } from '../../../test/chat-fixture';
import { failure, success } from '../../../test/socket-server';
import type { RoomChannelState } from '../../index';

/** A state that is asked for, where it cannot be had. */

const fixture = useBoardFixture();
const BOARD = 'b1';
const at = (card: string) => ({ boardId: BOARD, card, column: 'done' });
const addCard = (cards: string, { payload }: { payload: { card: string } }) => cards + payload.card;
const isJoined = ({ status }: RoomChannelState) => status === 'joined';

let rooms: BoardRooms;
beforeEach(() => {
  rooms = new BoardRooms(fixture.server);
});

function catchUncaught() {
  const uncaught = vi.fn();
  vi.stubGlobal('reportError', uncaught);
  onTestFinished(() => void vi.unstubAllGlobals());
  return uncaught;
}

test('a state that was refused is asked for again once the room is entered again', async () => {
  const uncaught = catchUncaught();
  const client = fixture.client();
  fixture.server.answers.refresh = () => failure('FORBIDDEN');
  const channel = client.channel('board', BOARD);
  const listed = channel.reduceFrom(addCard, async () => {
    await client.request('refresh');
    const { epoch, seq, journal } = rooms;
    return { state: journal.map(({ card }) => card).join(''), epoch, seq };
  });
  await expect.poll(() => uncaught.mock.calls).toMatchObject([[{ code: 'FORBIDDEN' }]]);
  await channel.send('place_card', at('a'));
  expect(listed.get()).toBeUndefined();
  fixture.server.answers.refresh = () => success(null);
  fixture.server.cut();
  expect(await untilState(listed, (cards) => cards !== undefined)).toBe('a');
  await channel.send('place_card', at('b'));
  expect(listed.get()).toBe('ab');
  expect(uncaught).toHaveBeenCalledTimes(1);
});

test('a state that is refused where what was missed cannot be told stays as it was until the room is entered again', async () => {
  const uncaught = catchUncaught();
  const channel = fixture.client().channel('board', BOARD);
  let isRefused = false;
  const listed = channel.reduceFrom(addCard, async () => {
    if (isRefused) throw new Error('not now');
    const { epoch, seq, journal } = rooms;
    return { state: journal.map(({ card }) => card).join(''), epoch, seq };
  });
  await channel.send('place_card', at('a'));
  expect(listed.get()).toBe('a');
  isRefused = true;
  rooms.from = 100;
  rooms.place(at('b'), true);
  fixture.server.cut();
  await expect.poll(() => uncaught.mock.calls).toEqual([[new Error('not now')]]);
  expect(listed.get()).toBe('a');
  isRefused = false;
  fixture.server.cut();
  expect(await untilState(listed, (cards) => cards !== 'a')).toBe('ab');
});

test('nothing is asked for by whoever has let go of the room', async () => {
  const client = fixture.client();
  const [gone, held] = [client.channel('board', BOARD), client.channel('board', BOARD)];
  await untilState(held.state, isJoined);
  gone.release();
  const load = vi.fn(async () => ({ state: 'x' }));
  const listed = gone.reduceFrom(addCard, load);
  await held.send('place_card', at('a'));
  expect(load).not.toHaveBeenCalled();
  expect(listed.get()).toBeUndefined();
});

test('a send that waits for its room says why it is not let in yet', async () => {
  const client = fixture.client();
  const refusal = { retryable: true, message: 'Try again in a minute.', retryAfterMs: 60_000 };
  fixture.server.answers['wirepact:join'] = () => failure('RATE_LIMITED', refusal);
  const channel = client.channel('board', BOARD);
  await untilState(channel.state, ({ error }) => error !== undefined);
  expect(await rejectionOf(channel.send('place_card', at('a'), { timeoutMs: 20 }))).toMatchObject({
    code: 'TIMEOUT',
    message: 'place_card had no answer within 20 ms: board is not joined yet: Try again in a minute.',
    cause: { code: 'RATE_LIMITED' },
  });
});
