import type { RoomReference } from '@wirepact/contract/runtime';
import type { Socket } from 'socket.io';
import { invalidCall } from '../call-checks';
import { show } from '../option-checks';
import type { RoomAddress } from '../ports/connection';
import type { Dialect } from '../ports/dialect';

/** Rooms of ours among those of a socket: neither its own nor the host's begin like this. */
const OURS = /^(?:room|dialect)[:/]/;
/** Of those, the rooms of whoever speaks the contract's own wire. */
const OWN_WIRE = /^room[:/]/;

/**
 * The Socket.IO room of an address. No two addresses have the same, whatever clients name them.
 * @throws WirepactError `INVALID_OPTIONS` for what is none, as a host in JavaScript may have it: it would be a room of nobody.
 */
export function socketRoomOf(room: RoomAddress): string {
  if (typeof room === 'string') return `room:${room}`;
  const { name, id }: Partial<RoomReference> = Object(room);
  if (typeof name === 'string' && typeof id === 'string') return `room/${name.length}:${name}:${id}`;
  const given = id === undefined ? show(name ?? room) : `${show(name)}, ${show(id)}`;
  throw invalidCall(
    `A room is named by a text, and of several of a kind by the kind and an id: ("board", boardId), not (${given}).`,
  );
}

/** The Socket.IO room of everybody who speaks a dialect. */
export const dialectRoomOf = ({ name }: Dialect): string => `dialect:${name}`;

/** The part of a Socket.IO room whose members speak a dialect: what it is sent is made and framed once for all of them. */
export const partOf = (room: string, dialect: Dialect | undefined): string =>
  dialect ? `${dialectRoomOf(dialect)}/${room}` : room;

/** Moves a socket from the rooms of ours that it is in to their parts for a dialect. */
export function moveToDialect(socket: Socket, dialect: Dialect): void {
  for (const room of socket.rooms) {
    if (!OWN_WIRE.test(room)) continue;
    void socket.leave(room);
    void socket.join(partOf(room, dialect));
  }
  void socket.join(dialectRoomOf(dialect));
}

/** Sockets that are here and hear nothing: not let in yet, or told already that they have ended. */
export const SILENCED = 'silenced:';

/** From now on a socket hears nothing that everybody is told. */
export const silence = (socket: Socket): void => void socket.join(SILENCED);

/** Takes a socket out of all rooms of ours. */
export function leaveRooms(socket: Socket): void {
  for (const room of socket.rooms) if (OURS.test(room)) void socket.leave(room);
}
