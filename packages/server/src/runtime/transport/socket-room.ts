import type { Socket } from 'socket.io';
import type { RoomAddress } from '../ports/connection';

/** Rooms of ours among those of a socket: neither its own nor the host's begin like this. */
const OURS = /^room[:/]/;

/** The Socket.IO room of an address. No two addresses have the same, whatever clients name them. */
export const socketRoomOf = (room: RoomAddress): string =>
  typeof room === 'string' ? `room:${room}` : `room/${room.name.length}:${room.name}:${room.id}`;

/** Sockets that are here and hear nothing: not let in yet, or told already that they have ended. */
export const SILENCED = 'silenced:';

/** From now on a socket hears nothing that everybody is told. */
export const silence = (socket: Socket): void => void socket.join(SILENCED);

/** Takes a socket out of all rooms of ours. */
export function leaveRooms(socket: Socket): void {
  for (const room of socket.rooms) if (OURS.test(room)) void socket.leave(room);
}
