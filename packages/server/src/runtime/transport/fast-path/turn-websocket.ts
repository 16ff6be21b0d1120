import type { Duplex } from 'node:stream';
import { endIfUnread } from '../pong-limit';
import { type Frame, OPCODE, toCloseFrame, toFrame, toFrameOf } from './frame';
import { FrameError, type FrameListener, FrameReader } from './frame-reader';
import type { FrameSequence } from './frame-sequence';
import { writeAtTurnEnd } from './turn';

/** How long the other side may take to close what is closed on this one. */
const CLOSE_TIMEOUT_MS = 30_000;

type OnWritten = (error?: Error | null) => void;
type OnMessage = (message: string | Buffer, isBinary: boolean) => void;
type OnError = (error: Error) => void;
type OnClose = () => void;

const WEBSOCKET = Symbol('websocket');

function failLater(done: OnWritten): void {
  process.nextTick(done, new Error('The websocket is not open.'));
}

/** A stream that carries a websocket: its listeners, which all streams share, find the websocket there. */
interface Carrier extends Duplex {
  [WEBSOCKET]?: TurnWebSocket;
}

function onData(this: Carrier, chunk: Buffer): void {
  this[WEBSOCKET]?.read(chunk);
}

function onEnd(this: Carrier): void {
  this[WEBSOCKET]?.onEnd();
}

function onClose(this: Carrier): void {
  this[WEBSOCKET]?.onGone();
}

/** What a websocket may hold. */
export interface WebSocketLimits {
  /** Bytes of a message that it takes. */
  readonly maxPayload: number;
  /** Bytes that wait for the other side from which on nothing counts as sent any more before it is. */
  readonly maxHeld: number;
}

/**
 * A websocket, as Engine.IO uses one, that writes all it is given in one turn of the event loop at once when the turn is
 * over: a system call costs more than everything else a packet does. What it is given counts as sent, so that nothing
 * waits behind it, until `maxHeld` bytes wait for the other side.
 */
export class TurnWebSocket implements FrameListener {
  private sequence: FrameSequence | undefined;
  private onWritten: OnWritten[] | undefined;
  private readonly reader: FrameReader;
  private isOpen = true;
  /** Nothing that comes is read any more. */
  private isDeaf = false;
  private closeTimer: NodeJS.Timeout | undefined;
  private messageListener: OnMessage | undefined;
  private errorListener: OnError | undefined;
  /** Mostly one: an empty list would make room for seventeen with the first. */
  private closeListeners: OnClose[] | undefined;

  constructor(
    /** Engine.IO reads the address of the other side from it. */
    readonly _socket: Duplex,
    private readonly limits: WebSocketLimits,
  ) {
    this.reader = new FrameReader(this, limits.maxPayload);
    const carrier: Carrier = _socket;
    carrier[WEBSOCKET] = this;
    carrier.on('data', onData).on('end', onEnd).on('close', onClose);
  }

  /** Where Engine.IO puts frames that are made for several members. */
  get _sender(): this {
    return this;
  }

  get bufferedAmount(): number {
    return this._socket.writableLength + (this.sequence?.bytes.length ?? 0);
  }

  /** Whether a frame may be pushed: the other side reads as fast as it is sent to. */
  get isTaking(): boolean {
    return this.isOpen && this.bufferedAmount < this.limits.maxHeld;
  }

  /** Sends a frame with the others of this turn. */
  push(frame: Frame): void {
    this.sequence = (this.sequence ?? writeAtTurnEnd(this)).followedBy(frame);
  }

  send(message: string | Uint8Array, done: OnWritten): void {
    this.pushOrFail(toFrame(message), done);
  }

  sendFrame(parts: readonly Buffer[], done: OnWritten): void {
    this.pushOrFail({ bytes: Buffer.concat(parts).toString('latin1') }, done);
  }

  /** Calls `onWritten` once the operating system has taken all that was sent up to now; with an error where nothing more is sent. */
  afterWritten(onWritten: OnWritten): void {
    // To write behind its end would cut off what waits.
    if (!this._socket.writable) failLater(onWritten);
    else if (!this.sequence) this._socket.write('', onWritten);
    else if (this.onWritten) this.onWritten.push(onWritten);
    else this.onWritten = [onWritten];
  }

  flush(): void {
    const { sequence, onWritten } = this;
    if (!sequence) return;
    this.sequence = undefined;
    this.onWritten = undefined;
    if (!onWritten) this._socket.write(sequence.bytes, 'latin1');
    else
      this._socket.write(sequence.bytes, 'latin1', (error) => {
        for (const listener of onWritten) listener(error);
      });
  }

  /** There is one listener for messages and one for errors, the last. */
  on(event: 'message', listener: OnMessage): this;
  on(event: 'error', listener: OnError): this;
  on(event: 'message' | 'error', listener: OnMessage | OnError): this {
    if (event === 'message') this.messageListener = listener as OnMessage;
    else if (event === 'error') this.errorListener = listener as OnError;
    return this;
  }

  once(_event: 'close', listener: OnClose): this {
    if (this.closeListeners) this.closeListeners.push(listener);
    else this.closeListeners = [listener];
    return this;
  }

  /** Engine.IO listens for errors while a session changes to this websocket, and after that anew. */
  removeListener(_event: 'error', listener: OnError): this {
    if (this.errorListener === listener) this.errorListener = undefined;
    return this;
  }

  pause(): void {
    this._socket.pause();
  }

  resume(): void {
    this._socket.resume();
  }

  /** Closes it, once what was sent is written: the other side is to confirm that. */
  close(code?: number, reason?: string): void {
    if (!this.isOpen) return;
    this.flush();
    this.isOpen = false;
    this._socket.write(toCloseFrame(code, reason).bytes, 'latin1');
    // What comes is dropped, but the close frame of the other side.
    this._socket.resume();
    this.awaitClose();
  }

  terminate(): void {
    this.isOpen = false;
    this.sequence = undefined;
    this._socket.destroy();
  }

  /** Bytes have come. */
  read(chunk: Buffer): void {
    if (this.isDeaf) return;
    try {
      this.reader.read(chunk);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.closeBoth(error.closeCode);
      // After what came before it: Socket.IO hands on packets in the next tick.
      process.nextTick(() => this.errorListener?.(error));
    }
  }

  onMessage(message: string | Buffer): void {
    if (this.isOpen) this.messageListener?.(message, typeof message !== 'string');
  }

  onPing(payload: Buffer): void {
    endIfUnread(this);
    if (this.isOpen) this.push(toFrameOf(OPCODE.pong, payload));
  }

  onCloseFrame(code: number | undefined, reason: string): void {
    this.closeBoth(code, reason);
  }

  /** The other side sends nothing more. */
  onEnd(): void {
    this.flush();
    this.isOpen = false;
    this._socket.end();
    this.awaitClose();
  }

  /** The stream is closed. */
  onGone(): void {
    this.isOpen = false;
    this.sequence = undefined;
    clearTimeout(this.closeTimer);
    for (const listener of this.closeListeners ?? []) listener();
  }

  /** Closes it here, where the other side has closed it, or is not listened to any more. */
  private closeBoth(code?: number, reason?: string): void {
    this.isDeaf = true;
    this.close(code, reason);
    this._socket.end();
  }

  private awaitClose(): void {
    this.closeTimer ??= setTimeout(() => this._socket.destroy(), CLOSE_TIMEOUT_MS).unref();
  }

  private pushOrFail(frame: Frame, done: OnWritten): void {
    if (!this.isOpen) {
      failLater(done);
      return;
    }
    this.push(frame);
    if (this.bufferedAmount < this.limits.maxHeld) done();
    else this.afterWritten(done);
  }
}
