import { createChannelIds } from './chat-load';
import { runClosedLoop } from './closed-loop';
import type { JoinMember, Member } from './members/member';
import { untilDelivered } from './until-delivered';

/** Channels that are all the same. */
export interface RoomsShape {
  readonly rooms: number;
  /** Members of each, who all send. */
  readonly members: number;
  /** Messages of each member under way. */
  readonly inFlight: number;
}

/** The members of all channels, and what has reached them. */
export interface Rooms {
  readonly shape: RoomsShape;
  readonly members: readonly Member[];
  /** Deliveries of messages to all members together, so far. */
  delivered: number;
}

/** Fills new channels of a server. */
export async function fillRooms(shape: RoomsShape, port: number, join: JoinMember): Promise<Rooms> {
  const members: Member[] = [];
  const rooms: Rooms = { shape, members, delivered: 0 };
  for (const channelId of createChannelIds(shape.rooms)) {
    for (let count = 0; count < shape.members; count += 1) {
      members.push(
        await join(port, channelId, () => {
          rooms.delivered += 1;
        }),
      );
    }
  }
  return rooms;
}

/** Everybody sends for a while; resolves with the number of messages once each was delivered to all of its channel. */
export async function converse(rooms: Rooms, durationMs: number): Promise<number> {
  const { shape, members } = rooms;
  rooms.delivered = 0;
  const messages = await runClosedLoop({
    lanes: members.length * shape.inFlight,
    durationMs,
    start: (lane, done) => members[lane % members.length]?.send(done),
  });
  const expected = messages * shape.members;
  await untilDelivered(expected, () => rooms.delivered);
  return messages;
}
