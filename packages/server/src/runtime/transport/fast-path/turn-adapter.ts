import type { Namespace, Socket } from 'socket.io';
import { Adapter, type BroadcastOptions, type Room } from 'socket.io-adapter';
import type { Packet } from 'socket.io-parser';
import type { PacketEncoder } from '../packet-encoder';
import { toFrame } from './frame';
import { TurnWebSocket } from './turn-websocket';

/** What Engine.IO puts before a message. */
const MESSAGE = '4';

/** The websocket of a socket that a frame may be put on at once: nothing that was sent before waits in Engine.IO. */
function openWebsocketOf({ conn }: Socket): TurnWebSocket | undefined {
  const { transport, readyState } = conn;
  if (readyState !== 'open' || !transport.writable || !('socket' in transport)) return undefined;
  const { socket } = transport;
  return socket instanceof TurnWebSocket && socket.isTaking ? socket : undefined;
}

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
      const slow = this.push(MESSAGE + encoder.encode(packet)[0], room, options.except ?? new Set());
      if (slow.size > 0) super.broadcast(packet, { ...options, rooms: slow });
    }

    /** Sends a message to the members of a room. Answers with those, by the rooms of their own, that do not take it as it is. */
    private push(message: string, room: Room, except: ReadonlySet<Room>): Set<Room> {
      const slow = new Set<Room>();
      const members = this.rooms.get(room);
      if (!members) return slow;
      const frame = toFrame(message);
      for (const id of members) {
        if (except.size > 0 && this.isExcepted(id, except)) continue;
        const socket: Socket | undefined = this.nsp.sockets.get(id);
        const websocket = socket && openWebsocketOf(socket);
        if (websocket) websocket.push(frame);
        else slow.add(id);
      }
      return slow;
    }

    private isExcepted(id: Room, except: ReadonlySet<Room>): boolean {
      for (const room of except) if (this.rooms.get(room)?.has(id)) return true;
      return false;
    }
  };
