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

/** A broadcast as it crosses to other processes. */
type Told = Broadcast['data'];

/** Broadcasts that cross in one message at most. */
const MAX_TOLD = 100;

/** What an adapter has for those that extend it. */
interface Extensible {
  readonly uid: string;
  publish(message: {
    readonly type: MessageType.BROADCAST;
    readonly data: { readonly turn: readonly Told[] };
  }): void;
  onMessage(message: ClusterMessage, offset?: string): void;
}

/** What was broadcast in one turn of the event loop in another process; `undefined` of any other message. */
function turnOf(message: ClusterMessage): readonly Told[] | undefined {
  if (message.type !== MessageType.BROADCAST) return undefined;
  return 'turn' in message.data && Array.isArray(message.data.turn) ? message.data.turn : undefined;
}

/**
 * Socket.IO's option `adapter` for one of several processes: members of this process are sent to by `Local` at once, whether
 * those of others can be reached or not; Socket.IO's own would wait for that. What is broadcast in one turn of the event loop
 * crosses to the others in one message, so that they send it in one turn as well.
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
    const close = adapter.close.bind(adapter);
    let turn: Told[] = [];
    const publishTurn = () => {
      const told = turn;
      turn = [];
      if (told.length > 0) extensible.publish({ type: MessageType.BROADCAST, data: { turn: told } });
    };
    adapter.broadcast = async (packet: Packet, options: BroadcastOptions) => {
      const { rooms, except = new Set(), flags = {} } = options;
      if (!flags.local) {
        if (turn.length === 0) setImmediate(publishTurn);
        turn.push({ packet, opts: { rooms: [...rooms], except: [...except], flags } });
        if (turn.length === MAX_TOLD) publishTurn();
      }
      local.broadcast(packet, options);
    };
    adapter.close = () => {
      publishTurn();
      return close();
    };
    extensible.onMessage = (message, offset) => {
      const told = message.uid === extensible.uid ? undefined : turnOf(message);
      if (!told || message.nsp !== namespace.name) {
        take(message, offset);
        return;
      }
      // To the adapter it only is a sign of life.
      take({ uid: message.uid, nsp: message.nsp, type: MessageType.HEARTBEAT });
      for (const { packet, opts } of told)
        local.broadcast(packet, { ...opts, rooms: new Set(opts.rooms), except: new Set(opts.except) });
    };
    return adapter;
  };
