import type { Namespace, Socket } from 'socket.io';
import { Adapter, type BroadcastOptions, type Room } from 'socket.io-adapter';
import type { Packet } from 'socket.io-parser';
import type { PacketEncoder } from '../packet-encoder';
import { openWebsocketUnder, toMessageFrame } from './direct-writes';
import type { Frame } from './frame';

/** Whether a broadcast asks for nothing but to be sent to one room. */
const isPlain = ({ rooms, flags }: BroadcastOptions) =>
  rooms.size === 1 && !flags?.volatile && flags?.compress === undefined;

/**
 * Socket.IO's option `adapter`: a broadcast to a room is encoded and framed once, and the same bytes go to the websocket of
 * every member that keeps up. Everything else takes Socket.IO's own way.
 */
export const createTurnAdapter = (encoder: PacketEncoder): typeof Adapter =>
  class TurnAdapter extends Adapter {
    declare readonly nsp: Namespace;

    override broadcast(packet: Packet, options: BroadcastOptions): void {
      const [room] = options.rooms;
      if (room === undefined || !isPlain(options)) {
        super.broadcast(packet, options);
        return;
      }
      packet.nsp = this.nsp.name;
      const slow = this.push(packet, room, options.except ?? new Set());
      if (slow.size > 0) super.broadcast(packet, { ...options, rooms: slow });
    }

    /** Sends a packet to the members of a room. Answers with those, by the rooms of their own, that do not take it as it is. */
    private push(packet: Packet, room: Room, except: ReadonlySet<Room>): Set<Room> {
      const slow = new Set<Room>();
      // Encoded for the first who gets it: often the sender is alone in a room.
      let frame: Frame | undefined;
      for (const id of this.rooms.get(room) ?? []) {
        if (except.size > 0 && this.isExcepted(id, except)) continue;
        const socket: Socket | undefined = this.nsp.sockets.get(id);
        const websocket = socket && openWebsocketUnder(socket.conn);
        if (!websocket) {
          slow.add(id);
          continue;
        }
        frame ??= toMessageFrame(encoder.encode(packet)[0]);
        websocket.push(frame);
      }
      return slow;
    }

    private isExcepted(id: Room, except: ReadonlySet<Room>): boolean {
      for (const room of except) if (this.rooms.get(room)?.has(id)) return true;
      return false;
    }
  };
