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
  /** What the server has answered to the wish to be a WebSocket; `undefined` where there was none. */
  upgradeAnswers: number | undefined;
}

/** In the head of a request that wants its connection to become a WebSocket. */
const UPGRADE = /^upgrade: *websocket/im;

const endsOf = ({ client, server }: Pair, direction: Direction) =>
  direction === 'toServer' ? { from: client, to: server } : { from: server, to: client };

/** A TCP proxy between one client and the server, which can be told to misbehave. */
export class FaultyProxy {
  private readonly pairs = new Set<Pair>();
  private readonly modes: Record<Direction, Mode> = { toServer: 'flow', toClient: 'flow' };
  private readonly listener: Server;
  private isRefusing = false;
  /** Chunks that have disappeared. */
  dropped = 0;
  /** Connections that were cut while they became WebSockets. */
  cutUpgrades = 0;
  /** Answers to the next upgrade that pass before it is cut. */
  private upgradeLimit: number | undefined;
  /** Connections that were ended, by the proxy or by what is at their ends. */
  ended = 0;

  /** @param target Port of the server, or path of its Unix socket; asked at every connection, as it may have moved. */
  constructor(
    private readonly target: () => number | string,
    private readonly onDropped: () => void,
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

  /** Ends the next connection that becomes a WebSocket after so many chunks of the server, and all others with it. */
  cutUpgrade(answers: number): void {
    this.upgradeLimit = answers;
  }

  /** Lets bytes of a direction disappear; a connection that lost some ends afterwards. `onDropped` is told of each chunk. */
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
    const pair = { client, server, hasLost: false, upgradeAnswers: undefined };
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
    if (mode === 'drop') this.lose(pair);
    else if (pair.hasLost) this.end(pair);
    else if (this.isCutOff(pair, direction, chunk)) this.cut();
    else this.forward(pair, direction, chunk, mode);
  }

  /** Whether this chunk is the one at which an upgrade is to be cut. */
  private isCutOff(pair: Pair, direction: Direction, chunk: Buffer): boolean {
    if (this.upgradeLimit === undefined) return false;
    if (direction === 'toServer' && UPGRADE.test(chunk.toString('latin1'))) pair.upgradeAnswers ??= 0;
    else if (direction === 'toClient' && pair.upgradeAnswers !== undefined) pair.upgradeAnswers += 1;
    if (pair.upgradeAnswers === undefined || pair.upgradeAnswers < this.upgradeLimit) return false;
    this.upgradeLimit = undefined;
    this.cutUpgrades += 1;
    return true;
  }

  private lose(pair: Pair): void {
    pair.hasLost = true;
    this.dropped += 1;
    this.onDropped();
  }

  private forward(pair: Pair, direction: Direction, chunk: Buffer, mode: Mode): void {
    const { from, to } = endsOf(pair, direction);
    if (mode === 'cutInPacket' && chunk.length > 1) {
      this.modes[direction] = 'flow';
      from.pause();
      to.write(chunk.subarray(0, chunk.length >> 1), () => this.end(pair));
      return;
    }
    if (!to.write(chunk)) from.pause();
  }

  private end(pair: Pair): void {
    if (!this.pairs.delete(pair)) return;
    this.ended += 1;
    pair.client.destroy();
    pair.server.destroy();
  }
}
