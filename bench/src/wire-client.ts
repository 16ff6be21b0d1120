import type { Frame } from './websocket/frame-reader';
import { FrameSocket, type SocketListener } from './websocket/frame-socket';

const CONNECTING_AT_ONCE = 50;
/** How long a server may take to let a client in that has connected, and how often it is tried. */
const LET_IN_TIMEOUT_MS = 5_000;
const ATTEMPTS = 3;

const PATH = '/socket.io/?EIO=4&transport=websocket';

/** Called with an acknowledgement as it came, still JSON. */
type OnAck = (answer: string) => void;

/**
 * The least that speaks Socket.IO over a websocket: it costs a fraction of a full client, so the load
 * generator keeps ahead of the servers.
 */
export class WireClient implements SocketListener {
  /** Told of every event from the server. */
  onEvent: ((frame: Frame) => void) | undefined;
  /** Told once the server has ended the connection. */
  onEnd: (() => void) | undefined;
  private readonly waiting = new Map<number, OnAck>();
  private readonly socket: FrameSocket;
  private nextId = 0;
  private onConnected: (() => void) | undefined;
  private onFailed: ((error: Error) => void) | undefined;

  private constructor(port: number) {
    this.socket = new FrameSocket(port, PATH, this);
  }

  /** Connects to the main namespace. */
  static connect(port: number): Promise<WireClient> {
    const client = new WireClient(port);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        client.fail(new Error('A server did not let a client in.'));
        client.close();
      }, LET_IN_TIMEOUT_MS);
      client.onConnected = () => {
        clearTimeout(timer);
        resolve(client);
      };
      client.onFailed = (error) => {
        clearTimeout(timer);
        reject(error);
      };
    });
  }

  /** Emits an event; `done` is called once it is acknowledged, with an error where the server says it failed. */
  request(event: string, payload: object, done: (error?: Error) => void): void {
    this.emit([event, payload], (answer) =>
      answer.includes('"ok":true') ? done() : done(new Error(`${event}: ${answer}`)),
    );
  }

  /** Emits an event with any number of arguments and calls `onAck` with its acknowledgement. */
  emit(event: readonly [name: string, ...args: unknown[]], onAck: OnAck): void {
    const id = this.nextId;
    this.nextId += 1;
    this.waiting.set(id, onAck);
    this.socket.send(`42${id}${JSON.stringify(event)}`);
  }

  /** The same, for those who wait: rejects where the server says it failed. */
  requestOnce(event: string, payload: object): Promise<void> {
    return new Promise((resolve, reject) =>
      this.request(event, payload, (error) => (error ? reject(error) : resolve())),
    );
  }

  /** What is sent meanwhile leaves in one write, so that the server reads it in one turn. */
  together(send: () => void): void {
    this.socket.together(send);
  }

  /** Ends the connection at once. */
  close(): void {
    this.onFailed = undefined;
    this.onEnd = undefined;
    this.socket.terminate();
  }

  /** The server greets whoever has opened a websocket. */
  onOpen(): void {}

  onText(frame: Frame): void {
    if (frame.startsWith('42')) this.onEvent?.(frame);
    else if (frame.startsWith('43')) this.settle(frame.toString());
    else if (frame.startsWith('40')) this.onConnected?.();
    else if (frame.startsWith('2')) this.socket.send('3');
    else if (frame.startsWith('0')) this.socket.send('40');
    else this.fail(new Error(`Unexpected packet ${frame}`));
  }

  onClosed(cause: Error): void {
    this.fail(cause);
    this.onEnd?.();
  }

  private settle(frame: string): void {
    const id = Number.parseInt(frame.slice(2), 10);
    const onAck = this.waiting.get(id);
    this.waiting.delete(id);
    onAck?.(frame);
  }

  private fail(error: Error): void {
    const onFailed = this.onFailed;
    this.onFailed = undefined;
    onFailed?.(error);
  }
}

/** Connects a client. Where a process hands it to a worker, that may lose what the client says first. */
async function connectClient(port: number): Promise<WireClient> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await WireClient.connect(port);
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
  }
}

/** Connects clients, a few at a time. */
export async function connectClients(port: number, count: number): Promise<WireClient[]> {
  const clients: WireClient[] = [];
  while (clients.length < count) {
    const size = Math.min(CONNECTING_AT_ONCE, count - clients.length);
    clients.push(...(await Promise.all(Array.from({ length: size }, () => connectClient(port)))));
  }
  return clients;
}
