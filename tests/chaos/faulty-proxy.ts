import { connect as connectTo, createServer, type Server, type Socket } from 'node:net';
import type { Direction } from './disturbance';

/** What a proxy does with the bytes of one direction. */
type Mode = 'flow' | 'stall' | 'drop' | 'cutInPacket';

/** One connection through the proxy: to it, and on from it. */
interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  /** Whether bytes of it have disappeared: then none may follow. */
  hasLost: boolean;
}

/** What passes so soon after a stall had waited for the client. */
const BURST_MS = 500;

/** Waits for the moment to cut connections. */
export interface Trap {
  /** Looks at a chunk before it is passed: `one` ends its connection instead, `all` every one of the proxy. */
  look(connection: object, direction: Direction, chunk: Buffer): 'pass' | 'one' | 'all';
}

/** What acknowledges a message, as Socket.IO writes it; of members on the deployed wire, the event that does. */
const ACKNOWLEDGEMENT =
  /43\d+\[\{"ok":true,"data":\{"(?:messageId|card)"|"status":"received_by_server_and_processing"/;

const endsOf = ({ client, server }: Pair, direction: Direction) =>
  direction === 'toServer' ? { from: client, to: server } : { from: server, to: client };

/** A TCP proxy in front of a server, for one client of it, which can be told to misbehave. */
export class FaultyProxy {
  private readonly pairs = new Set<Pair>();
  private readonly modes: Record<Direction, Mode> = { toServer: 'flow', toClient: 'flow' };
  private readonly listener: Server;
  private isRefusing = false;
  /** Chunks that have disappeared. */
  dropped = 0;
  /** Chunks that have disappeared with the acknowledgement of a message in them. */
  lostAcknowledgements = 0;
  private trap: Trap | undefined;
  /** How often a trap cut something. */
  sprung = 0;
  /** Most bytes that had waited for the client when it read again. */
  longestBacklog = 0;
  private burst = 0;
  private burstUntil = 0;
  /** Connections that were ended, by the proxy or by what is at their ends. */
  ended = 0;

  /** @param target Port of the server, or path of its Unix socket; asked at every connection, as it may have moved. */
  constructor(
    private readonly target: () => number | string,
    private readonly onChange: () => void,
  ) {
    this.listener = createServer((client) => this.accept(client));
  }

  /** Listens; resolves to the URL for the client. */
  listen(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.listener.once('error', reject);
      this.listener.listen(0, '127.0.0.1', () => {
        const address = this.listener.address();
        resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`);
      });
    });
  }

  /** Ends every connection at once. */
  cut(): void {
    for (const pair of this.pairs) this.end(pair);
  }

  /** Passes half of the next chunk on, then ends the connection. */
  cutInPacket(direction: Direction): void {
    this.modes[direction] = 'cutInPacket';
  }

  /** Has every chunk looked at until the trap has cut something once. */
  set(trap: Trap | undefined): void {
    this.trap = trap;
  }

  /** Lets bytes of a direction disappear; a connection that lost some ends afterwards. `onChange` is told of each chunk. */
  drop(direction: Direction): void {
    this.modes[direction] = 'drop';
  }

  /** Stops reading in these directions: a peer that is slow. */
  stall(directions: readonly Direction[]): void {
    for (const direction of directions) {
      this.modes[direction] = 'stall';
      for (const pair of this.pairs) endsOf(pair, direction).from.pause();
    }
  }

  /** Ends every connection and takes no new ones. */
  refuse(): void {
    this.isRefusing = true;
    this.cut();
  }

  /** Works as a proxy should again. */
  heal(): void {
    this.isRefusing = false;
    if (this.modes.toClient === 'stall') {
      this.burst = 0;
      this.burstUntil = performance.now() + BURST_MS;
    }
    this.modes.toServer = 'flow';
    this.modes.toClient = 'flow';
    for (const pair of this.pairs) {
      if (pair.hasLost) this.end(pair);
      pair.client.resume();
      pair.server.resume();
    }
  }

  /** Ends for good. */
  close(): Promise<void> {
    this.refuse();
    return new Promise((resolve) => this.listener.close(() => resolve()));
  }

  private accept(client: Socket): void {
    if (this.isRefusing) {
      client.on('error', () => undefined).destroy();
      return;
    }
    const target = this.target();
    const isPath = typeof target === 'string';
    const server = connectTo(isPath ? { path: target } : { port: target, host: '127.0.0.1', noDelay: true });
    client.setNoDelay(true);
    const pair = { client, server, hasLost: false };
    this.pairs.add(pair);
    for (const socket of [client, server])
      socket.on('error', () => this.end(pair)).on('close', () => this.end(pair));
    this.pump(pair, 'toServer');
    this.pump(pair, 'toClient');
  }

  private pump(pair: Pair, direction: Direction): void {
    const { from, to } = endsOf(pair, direction);
    from.on('data', (chunk) => this.pass(pair, direction, chunk));
    to.on('drain', () => {
      if (this.modes[direction] !== 'stall') from.resume();
    });
    if (this.modes[direction] === 'stall') from.pause();
  }

  private pass(pair: Pair, direction: Direction, chunk: Buffer): void {
    const mode = this.modes[direction];
    if (mode === 'drop') this.lose(pair, chunk);
    else if (pair.hasLost) this.end(pair);
    else if (!this.isTrapped(pair, direction, chunk)) this.forward(pair, direction, chunk, mode);
  }

  private isTrapped(pair: Pair, direction: Direction, chunk: Buffer): boolean {
    const outcome = this.trap?.look(pair, direction, chunk) ?? 'pass';
    if (outcome === 'pass') return false;
    this.trap = undefined;
    this.sprung += 1;
    if (outcome === 'one') this.end(pair);
    else this.cut();
    this.onChange();
    return true;
  }

  private lose(pair: Pair, chunk: Buffer): void {
    pair.hasLost = true;
    this.dropped += 1;
    if (ACKNOWLEDGEMENT.test(chunk.toString('latin1'))) this.lostAcknowledgements += 1;
    this.onChange();
  }

  private forward(pair: Pair, direction: Direction, chunk: Buffer, mode: Mode): void {
    const { from, to } = endsOf(pair, direction);
    if (direction === 'toClient') this.measure(chunk);
    if (mode === 'cutInPacket' && chunk.length > 1) {
      this.modes[direction] = 'flow';
      from.pause();
      to.write(chunk.subarray(0, chunk.length >> 1), () => this.end(pair));
      return;
    }
    if (!to.write(chunk)) from.pause();
  }

  private measure({ length }: Buffer): void {
    if (performance.now() > this.burstUntil) return;
    this.burst += length;
    this.longestBacklog = Math.max(this.longestBacklog, this.burst);
  }

  private end(pair: Pair): void {
    if (!this.pairs.delete(pair)) return;
    this.ended += 1;
    pair.client.destroy();
    pair.server.destroy();
  }
}
