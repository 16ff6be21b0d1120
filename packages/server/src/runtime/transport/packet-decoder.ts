import type { EndReason } from '@wirepact/contract/runtime';
import { Decoder } from 'socket.io-parser';
import { closeStranger } from './close-connection';
import { type EngineConnection, propertyOf, websocketUnder } from './engine-connection';
import { PacketEncoder } from './packet-encoder';
import { PacketError } from './packet-error';
import { createPacketScan, type PacketBounds } from './packet-scan';

/** Packets of one connection that are decoded in one turn of the event loop; the others wait for the next. */
const PACKETS_PER_TURN = 128;
/** Packets that wait for a turn from which on nothing more is read from a websocket. */
const PAUSED_PACKETS = 256;
/** Shorter texts are parsed without looking at their structure first: they cannot cost much. */
const SCANNED_LENGTH = 512;
/** Connect packets of one connection: a page may call `connect` twice, or ask for a namespace that is not there. */
const MAX_CONNECTS = 10;
/** Characters of a connect packet, which has the client's credentials in it. */
const MAX_CONNECT_LENGTH = 64 * 1024;

/**
 * A connect packet, which alone may ask for a namespace besides the main one; a disconnect packet; an event or an
 * acknowledgement with a list of arguments. Names and ids are short.
 */
const PACKET = /^(?:0(?:\/[^,]{0,255},?)?(?:$|\{)|1$|2\d{0,15}\[|3\d{1,15}\[)/;

let turn = 0;
let isTurnCounted = false;
const countTurn = () => {
  turn += 1;
  isTurnCounted = false;
};

/** A number that is another one in each turn of the event loop. */
function currentTurn(): number {
  if (!isTurnCounted) {
    isTurnCounted = true;
    setImmediate(countTurn);
  }
  return turn;
}

/** What packets of clients may be. */
export interface PacketLimits {
  readonly bounds: PacketBounds;
  /** Packets of one connection that may wait for their turn. */
  readonly maxQueued: number;
}

/**
 * Socket.IO's own decoder, for what a client of a contract without binary sends: a few packets at a time, each looked at
 * before it is parsed. What is wrong with a packet is thrown, or emitted as an error of the connection.
 */
class PacketDecoder extends Decoder {
  private conn: EngineConnection | undefined;
  /** What waits for its turn. */
  private queue: unknown[] | undefined;
  private turn = -1;
  private decoded = 0;
  private connects = 0;
  private hasConnected = false;
  /** Acknowledgements that the client was asked for and has not sent. */
  private awaited = 0;

  constructor(
    private readonly isTooComplex: (text: string) => boolean,
    private readonly maxQueued: number,
  ) {
    super();
  }

  /** From now on it decodes for this connection. */
  link(conn: EngineConnection): void {
    this.conn = conn;
    decoders.set(conn, this);
    conn.on('packet', onEnginePacket);
  }

  /** The client may acknowledge one more event. */
  awaitAnswer(): void {
    this.awaited += 1;
  }

  override add(packet: unknown): void {
    if (!this.queue && this.takeTurn()) this.decode(packet);
    else this.hold(packet);
  }

  override destroy(): void {
    this.queue = undefined;
    super.destroy();
  }

  /** An error that ends the connection; a client that has not been let in learns of it at once. */
  refusal(reason: EndReason, message: string): PacketError {
    if (this.conn) closeStranger(this.conn, reason);
    return new PacketError(reason, message);
  }

  private takeTurn(): boolean {
    const now = currentTurn();
    if (this.turn !== now) {
      this.turn = now;
      this.decoded = 0;
    }
    this.decoded += 1;
    return this.decoded <= PACKETS_PER_TURN;
  }

  private hold(packet: unknown): void {
    if (!this.queue) {
      this.queue = [];
      setImmediate(() => this.decodeHeld());
    }
    if (this.queue.length >= this.maxQueued) {
      this.queue = undefined;
      throw this.refusal('PAYLOAD_TOO_LARGE', `More than ${this.maxQueued} packets were sent at once.`);
    }
    this.queue.push(packet);
    if (this.queue.length === PAUSED_PACKETS) websocketUnder(this.conn)?.pause();
  }

  private decodeHeld(): void {
    const { conn } = this;
    const packets = this.queue?.splice(0, PACKETS_PER_TURN) ?? [];
    try {
      for (const packet of packets) if (conn?.readyState === 'open') this.decode(packet);
    } catch (error) {
      this.queue = undefined;
      conn?.emit('error', error);
    }
    if (this.queue && this.queue.length > 0) {
      setImmediate(() => this.decodeHeld());
      return;
    }
    this.queue = undefined;
    websocketUnder(conn)?.resume();
  }

  private decode(packet: unknown): void {
    if (this.check(packet)) super.add(packet);
  }

  /** Whether a packet is to be decoded; one that repeats another is left out. @throws PacketError */
  private check(packet: unknown): boolean {
    if (typeof packet !== 'string')
      throw this.refusal('INVALID_PACKET', 'Only text packets are taken here, no binary data.');
    if (!PACKET.test(packet)) {
      throw this.refusal('INVALID_PACKET', 'This is not a connect, disconnect or event packet of Socket.IO.');
    }
    if (packet.length > SCANNED_LENGTH && this.isTooComplex(packet)) {
      throw this.refusal('PAYLOAD_TOO_LARGE', 'A payload is far deeper or wider than any event allows.');
    }
    if (packet.startsWith('3')) this.checkAnswer();
    return !packet.startsWith('0') || this.checkConnect(packet);
  }

  private checkAnswer(): void {
    if (this.awaited === 0) throw this.refusal('INVALID_PACKET', 'Nothing is to be acknowledged here.');
    this.awaited -= 1;
  }

  private checkConnect(packet: string): boolean {
    this.connects += 1;
    if (this.connects > MAX_CONNECTS) throw this.refusal('INVALID_PACKET', 'A connection connects once.');
    if (packet.length > MAX_CONNECT_LENGTH) {
      const message = `\`auth\` takes more than ${MAX_CONNECT_LENGTH} characters.`;
      throw this.refusal('PAYLOAD_TOO_LARGE', message);
    }
    if (packet.startsWith('0/')) return true;
    const isFirst = !this.hasConnected;
    this.hasConnected = true;
    return isFirst;
  }
}

const decoders = new WeakMap<EngineConnection, PacketDecoder>();

/** Engine.IO itself refuses some packets, right after this and without a word. All connections share the listener. */
function onEnginePacket(this: EngineConnection, packet: unknown): void {
  const type = propertyOf(packet, 'type');
  if (type !== 'error' && type !== 'ping') return;
  const message = 'This is not an Engine.IO packet that a client may send.';
  this.emit('error', decoders.get(this)?.refusal('INVALID_PACKET', message));
}

/** A client may acknowledge one more event: whatever it acknowledges unasked ends its connection. */
export const awaitAnswer = (conn: EngineConnection): void => decoders.get(conn)?.awaitAnswer();

/** Socket.IO's option `parser`, and what tells the decoder that it made last which connection that decodes for. */
export interface PacketParser {
  readonly parser: { readonly Encoder: new () => PacketEncoder; readonly Decoder: new () => Decoder };
  link(conn: EngineConnection): void;
}

/** A parser for a Socket.IO server of ours. */
export function createPacketParser({ bounds, maxQueued }: PacketLimits): PacketParser {
  const isTooComplex = createPacketScan(bounds);
  let latest: PacketDecoder | undefined;
  class ParserDecoder extends PacketDecoder {
    constructor() {
      super(isTooComplex, maxQueued);
      latest = this;
    }
  }
  return {
    parser: { Encoder: PacketEncoder, Decoder: ParserDecoder },
    link: (conn) => {
      latest?.link(conn);
      latest = undefined;
    },
  };
}
