import { expect, test } from 'vitest';
import type { JoinMember } from './members/member';
import { converse, fillRooms } from './rooms';

const SHAPE = { rooms: 2, members: 3, inFlight: 4 };

/** A channel whose messages are answered at once, and reach each member as often as is said. */
function createChannels(times: number): JoinMember {
  const members = new Map<string, (() => void)[]>();
  return async (_port, channelId, onDelivery) => {
    const others = members.get(channelId) ?? [];
    members.set(channelId, others);
    others.push(onDelivery);
    return {
      send(done) {
        for (const deliver of others) for (let count = 0; count < times; count += 1) deliver();
        setImmediate(done);
      },
    };
  };
}

test('everybody sends, and a message counts once all of its channel have it', async () => {
  const rooms = await fillRooms(SHAPE, 0, createChannels(1));
  const messages = await converse(rooms, 5);
  expect(messages).toBeGreaterThanOrEqual(SHAPE.rooms * SHAPE.members * SHAPE.inFlight);
  expect(rooms.delivered).toBe(messages * SHAPE.members);
});

test('a delivery too many fails the run', async () => {
  const rooms = await fillRooms(SHAPE, 0, createChannels(2));
  await expect(converse(rooms, 5)).rejects.toThrow(/\d+ of \d+ deliveries arrived/);
});

test('a message that is refused fails the run', async () => {
  const refuse: JoinMember = async () => ({ send: (done) => done(new Error('no')) });
  await expect(converse(await fillRooms(SHAPE, 0, refuse), 5)).rejects.toThrow('no');
});
