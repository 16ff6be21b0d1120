import type { Socket } from 'socket.io';
import { type SocketServer, success } from './socket-server';

const ITEMS = 'wirepact:stream_items';
const END = 'wirepact:stream_end';

/** One stream of a scripted server: what it was asked for with, and what it was told since. */
export class ServedStream {
  /** Items the client takes now. */
  credit = 32;
  isCancelled = false;

  constructor(
    readonly id: string,
    readonly payload: Record<string, unknown>,
    private readonly socket: Socket,
  ) {}

  /** Sends items, whatever the credit is. */
  send(...items: unknown[]): void {
    this.credit -= items.length;
    this.socket.emit(ITEMS, { stream: this.id, items });
  }

  end(error?: object): void {
    this.socket.emit(END, { stream: this.id, ...(error && { error }) });
  }
}

/** Lets a scripted server answer `event` with streams; those it was asked for, in order. */
export function serveStreams(server: SocketServer, event: string, begin?: (stream: ServedStream) => void) {
  const streams: ServedStream[] = [];
  const find = (id: unknown, socket: Socket) =>
    streams.find((stream) => stream.id === id && stream.id.startsWith(socket.id));
  server.answers[event] = (payload, socket) => {
    const stream = new ServedStream(`${socket.id}-${streams.length}`, payload, socket);
    streams.push(stream);
    // As a server does: what is sent at once follows right behind the acknowledgement.
    queueMicrotask(() => begin?.(stream));
    return success({ stream: stream.id });
  };
  server.answers['wirepact:stream_credit'] = ({ stream, credit }, socket) => {
    const served = find(stream, socket);
    if (served) served.credit += Number(credit);
    return success(null);
  };
  server.answers['wirepact:stream_cancel'] = ({ stream }, socket) => {
    const served = find(stream, socket);
    if (served) served.isCancelled = true;
    return success(null);
  };
  return streams;
}
