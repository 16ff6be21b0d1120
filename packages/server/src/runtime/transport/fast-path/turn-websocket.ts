import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ServerOptions, WebSocket, WebSocketServer } from 'ws';
import { toFrame } from './frame';
import type { FrameSequence } from './frame-sequence';
import { writeAtTurnEnd } from './turn';

type OnWritten = (error?: Error | null) => void;

/**
 * A websocket, as Engine.IO uses one, that writes all it is given in one turn of the event loop at once when the turn is
 * over: a system call costs more than everything else a packet does. What it is given counts as sent, so that nothing
 * waits behind it, until `maxHeld` bytes wait for the other side.
 */
export class TurnWebSocket {
  private sequence: FrameSequence | undefined;
  private onWritten: OnWritten[] | undefined;

  constructor(
    private readonly websocket: WebSocket,
    /** Engine.IO reads the address of the other side from it. */
    readonly _socket: Duplex,
    private readonly maxHeld: number,
  ) {}

  /** Where Engine.IO puts frames that are made for several members. */
  get _sender(): this {
    return this;
  }

  get bufferedAmount(): number {
    return this.websocket.bufferedAmount + (this.sequence?.length ?? 0);
  }

  /** Whether a frame may be pushed: the other side reads as fast as it is sent to. */
  get isTaking(): boolean {
    return this.websocket.readyState === WebSocket.OPEN && this.bufferedAmount < this.maxHeld;
  }

  /** Sends a frame with the others of this turn. */
  push(frame: Buffer): void {
    this.sequence = (this.sequence ?? writeAtTurnEnd(this)).followedBy(frame);
  }

  send(message: string | Uint8Array, done: OnWritten): void {
    this.pushOrFail(toFrame(message), done);
  }

  sendFrame(parts: readonly Buffer[], done: OnWritten): void {
    this.pushOrFail(Buffer.concat(parts), done);
  }

  /** Calls `onWritten` once the operating system has taken all that was sent up to now. */
  afterWritten(onWritten: OnWritten): void {
    if (!this.sequence) this._socket.write('', onWritten);
    else if (this.onWritten) this.onWritten.push(onWritten);
    else this.onWritten = [onWritten];
  }

  flush(): void {
    const { sequence, onWritten } = this;
    if (!sequence) return;
    this.sequence = undefined;
    this.onWritten = undefined;
    // The other side has closed it in this turn: its close frame is answered already.
    if (this.websocket.readyState !== WebSocket.OPEN) return;
    const bytes = sequence.toBytes();
    if (!onWritten) this._socket.write(bytes);
    else
      this._socket.write(bytes, (error) => {
        for (const listener of onWritten) listener(error);
      });
  }

  on(event: string, listener: (...args: unknown[]) => void): this {
    this.websocket.on(event, listener);
    return this;
  }

  once(event: string, listener: (...args: unknown[]) => void): this {
    this.websocket.once(event, listener);
    return this;
  }

  removeListener(event: string, listener: (...args: unknown[]) => void): this {
    this.websocket.removeListener(event, listener);
    return this;
  }

  pause(): void {
    this.websocket.pause();
  }

  resume(): void {
    this.websocket.resume();
  }

  close(code?: number, reason?: string): void {
    this.flush();
    this.websocket.close(code, reason);
  }

  terminate(): void {
    this.sequence = undefined;
    this.websocket.terminate();
  }

  private pushOrFail(frame: Buffer, done: OnWritten): void {
    if (this.websocket.readyState !== WebSocket.OPEN) {
      process.nextTick(done, new Error('The websocket is not open.'));
      return;
    }
    this.push(frame);
    if (this.bufferedAmount < this.maxHeld) done();
    else this.afterWritten(done);
  }
}

/** A server of websockets as Engine.IO uses one. */
class TurnWebSocketServer {
  private readonly server: WebSocketServer;

  constructor(
    options: ServerOptions,
    private readonly maxHeld: number,
  ) {
    this.server = new WebSocketServer(options);
  }

  handleUpgrade(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    onOpen: (websocket: TurnWebSocket) => void,
  ): void {
    this.server.handleUpgrade(request, socket, head, (websocket) =>
      onOpen(new TurnWebSocket(websocket, socket, this.maxHeld)),
    );
  }

  on(event: string, listener: (...args: unknown[]) => void): this {
    this.server.on(event, listener);
    return this;
  }

  close(): void {
    this.server.close();
  }
}

/** Engine.IO's option `wsEngine`: websockets that write once a turn, and hold `maxHeld` bytes before others wait. */
export const createTurnEngine = (maxHeld: number): (new (options: ServerOptions) => TurnWebSocketServer) =>
  class extends TurnWebSocketServer {
    constructor(options: ServerOptions) {
      super(options, maxHeld);
    }
  };
