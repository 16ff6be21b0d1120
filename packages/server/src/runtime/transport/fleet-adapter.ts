import type { Namespace } from 'socket.io';
import {
  type Adapter,
  type BroadcastOptions,
  type ClusterAdapter,
  type ClusterMessage,
  MessageType,
} from 'socket.io-adapter';
import type { Packet } from 'socket.io-parser';

type Broadcast = Extract<ClusterMessage, { type: MessageType.BROADCAST }>;

/** What an adapter has for those that extend it. */
interface Extensible {
  readonly uid: string;
  publish(message: Pick<Broadcast, 'type' | 'data'>): void;
  onMessage(message: ClusterMessage, offset?: string): void;
}

const isBroadcast = (message: ClusterMessage): message is Broadcast =>
  message.type === MessageType.BROADCAST && message.data.requestId === undefined;

/**
 * Socket.IO's option `adapter` for one of several processes: members of this process are sent to by `Local` at once, whether
 * those of others can be reached or not; Socket.IO's own would wait for that.
 */
export const createFleetAdapter = (
  createAdapter: (namespace: Namespace) => ClusterAdapter,
  Local: typeof Adapter,
) =>
  function FleetAdapter(namespace: Namespace): ClusterAdapter {
    const adapter = createAdapter(namespace);
    const local = new Local(namespace);
    local.rooms = adapter.rooms;
    local.sids = adapter.sids;
    // Its class, which could be extended instead, is not exported by the package that has it.
    const extensible = adapter as unknown as Extensible;
    const take = extensible.onMessage.bind(adapter);
    adapter.broadcast = async (packet: Packet, options: BroadcastOptions) => {
      const { rooms, except = new Set(), flags = {} } = options;
      const opts = { rooms: [...rooms], except: [...except], flags };
      if (!flags.local) extensible.publish({ type: MessageType.BROADCAST, data: { packet, opts } });
      local.broadcast(packet, options);
    };
    extensible.onMessage = (message, offset) => {
      if (!isBroadcast(message) || message.uid === extensible.uid || message.nsp !== namespace.name) {
        take(message, offset);
        return;
      }
      // To the adapter it only is a sign of life.
      take({ uid: message.uid, nsp: message.nsp, type: MessageType.HEARTBEAT });
      const { packet, opts } = message.data;
      local.broadcast(packet, { ...opts, rooms: new Set(opts.rooms), except: new Set(opts.except) });
    };
    return adapter;
  };
