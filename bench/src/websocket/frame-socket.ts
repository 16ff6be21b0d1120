import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { type Frame, type FrameListener, FrameReader } from './frame-reader';
import { MASKED_CLOSE_FRAME, toMaskedFrame } from './masked-frame';

const END_OF_HEAD = '\r\n\r\n';

/** All sockets are read into the same bytes, one after the other. */
const RECEIVED = Buffer.allocUnsafe(64 * 1024);

/** Whoever uses a websocket. */
export interface SocketListener {
  onOpen(): void;
  onText(frame: Frame): void;
  /** It has ended, or was never opened. */
  onClosed(cause: Error): void;
}

/**
 * A websocket that costs a fraction of what those of libraries do, so that the load generator keeps ahead of the servers: it
 * makes no string and no buffer of what comes unless it is asked for. What it sends leaves at once, a frame a write.
 */
export class FrameSocket implements FrameListener {
  private readonly stream: Socket;
  private readonly reader = new FrameReader(this);
  private head: string | undefined = '';
  private endCause: Error | undefined;

  constructor(
    port: number,
    path: string,
    private readonly listener: SocketListener,
  ) {
    const onread = { buffer: RECEIVED, callback: (length: number) => this.receive(length) };
    this.stream = connect({ port, host: '127.0.0.1', noDelay: true, onread });
    this.stream.on('error', (error) => {
      this.endCause ??= error;
    });
    this.stream.on('close', () =>
      listener.onClosed(this.endCause ?? new Error('A server cut a connection off.')),
    );
    const key = randomBytes(16).toString('base64');
    this.stream.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}${END_OF_HEAD}`,
    );
  }

  send(text: string): void {
    this.stream.write(toMaskedFrame(text));
  }

  /** What is sent meanwhile leaves in one write. */
  together(send: () => void): void {
    this.stream.cork();
    send();
    this.stream.uncork();
  }

  /** Ends it at once. */
  terminate(): void {
    this.stream.destroy();
  }

  onText(frame: Frame): void {
    this.listener.onText(frame);
  }

  onClose(code: number, reason: string): void {
    this.endCause ??= new Error(`A server closed a connection: ${code} ${reason}`.trim());
    this.stream.end(MASKED_CLOSE_FRAME);
  }

  private receive(length: number): boolean {
    if (this.head === undefined) this.reader.read(RECEIVED, 0, length);
    else this.receiveHead(length);
    return true;
  }

  private receiveHead(length: number): void {
    const received = RECEIVED.toString('latin1', 0, length);
    const head = this.head + received;
    const end = head.indexOf(END_OF_HEAD);
    if (end === -1) {
      this.head = head;
      return;
    }
    this.head = undefined;
    if (!head.startsWith('HTTP/1.1 101 ')) {
      this.stream.destroy(new Error(`A server opened no websocket: ${head.split('\r\n', 1)}`));
      return;
    }
    this.listener.onOpen();
    this.reader.read(RECEIVED, end + END_OF_HEAD.length - (head.length - length), length);
  }
}
