import type { Namespace } from 'socket.io';
import {
  type Adapter,
  type BroadcastOptions,
  type ClusterAdapter,
  type ClusterMessage,
  MessageType,
} from 'socket.io-adapter';
import type { Packet } from 'socket.io-parser';
import { EncodedPacket, type PacketEncoder } from './packet-encoder';

/** A broadcast as it crosses to other processes: encoded, as their members get the same. */
interface Told {
  readonly text: string;
  readonly rooms: readonly string[];
  readonly except: readonly string[];
  readonly flags: BroadcastOptions['flags'];
}

/** Broadcasts that cross in one message at most, and their characters, where it is more than one. */
const MAX_TOLD = 100;
const MAX_TOLD_LENGTH = 1024 * 1024;

/** What an adapter has for those that extend it. */
interface Extensible {
  readonly uid: string;
  publish(message: { readonly type: MessageType.BROADCAST; readonly data: object }): void;
  doPublish(message: ClusterMessage): Promise<string>;
  onMessage(message: ClusterMessage, offset?: string): void;
}

/** Without its rooms, what a process of another version tells would reach everybody. */
function isTold(value: unknown): value is Told {
  const { text, rooms, except }: { [Name in keyof Told]?: unknown } = Object(value);
  return typeof text === 'string' && Array.isArray(rooms) && Array.isArray(except);
}

/** What was broadcast in one turn of the event loop in another process; `undefined` of any other message. */
function turnOf(message: ClusterMessage): readonly Told[] | undefined {
  if (message.type !== MessageType.BROADCAST) return undefined;
  const { turn }: { turn?: unknown } = Object(message.data);
  return Array.isArray(turn) ? turn.filter(isTold) : undefined;
}

/** Gathers what is broadcast in a turn of the event loop. */
class TurnTeller {
  private turn: Told[] = [];
  private length = 0;

  constructor(private readonly tell: (turn: readonly Told[]) => void) {}

  add(told: Told): void {
    if (this.turn.length === MAX_TOLD || this.length + told.text.length > MAX_TOLD_LENGTH) this.flush();
    if (this.turn.length === 0) setImmediate(() => this.flush());
    this.turn.push(told);
    this.length += told.text.length;
  }

  flush(): void {
    const { turn } = this;
    this.turn = [];
    this.length = 0;
    if (turn.length > 0) this.tell(turn);
  }
}

/**
 * Socket.IO's option `adapter` for one of several processes: members of this process are sent to by `Local` at once, whether
 * those of others can be reached or not; Socket.IO's own would wait for that. What is broadcast in one turn of the event loop
 * crosses to the others in one message, so that they send it in one turn as well.
 */
export const createFleetAdapter = (
  createAdapter: (namespace: Namespace) => ClusterAdapter,
  Local: typeof Adapter,
  encoder: PacketEncoder,
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
    const doPublish = extensible.doPublish.bind(adapter);
    const teller = new TurnTeller((turn) =>
      extensible.publish({ type: MessageType.BROADCAST, data: { turn } }),
    );
    adapter.broadcast = async (packet: Packet, options: BroadcastOptions) => {
      const { rooms, except = new Set(), flags = {} } = options;
      packet.nsp = namespace.name;
      const [text] = encoder.encode(packet);
      if (!flags.local) teller.add({ text, rooms: [...rooms], except: [...except], flags });
      local.broadcast(new EncodedPacket(namespace.name, text), options);
    };
    // Whatever else crosses comes after what was broadcast before it.
    extensible.doPublish = (message) => {
      teller.flush();
      return doPublish(message);
    };
    adapter.close = () => {
      teller.flush();
      return close();
    };
    const hear = (message: ClusterMessage, offset?: string) => {
      const told = message.uid === extensible.uid ? undefined : turnOf(message);
      if (!told || message.nsp !== namespace.name) {
        take(message, offset);
        return;
      }
      // To the adapter it only is a sign of life.
      take({ uid: message.uid, nsp: message.nsp, type: MessageType.HEARTBEAT });
      for (const { text, rooms, except, flags } of told)
        local.broadcast(new EncodedPacket(namespace.name, text), {
          rooms: new Set(rooms),
          except: new Set(except),
          flags,
        });
    };
    extensible.onMessage = (message, offset) => {
      try {
        hear(message, offset);
      } catch {
        // A process of another version may tell what is no message here: it must not take with it what came beside it.
      }
    };
    return adapter;
  };
