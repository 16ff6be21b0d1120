import { ServerResponse } from 'node:http';
import { Http2ServerResponse } from 'node:http2';
import type { Server, Socket } from 'socket.io';
import { terminate } from './close-connection';
import { type EngineConnection, propertyOf, websocketUnder } from './engine-connection';
import { TurnWebSocket } from './fast-path/turn-websocket';

/** Packets waiting for one connection from which on what can be lost is held back. */
const CONGESTED_PACKETS = 64;
/** Bytes waiting for one connection from which on what can be lost is held back. */
const CONGESTED_BYTES = 256 * 1024;
/** What a waiting packet costs besides its bytes. */
const PACKET_COST = 64;
/** How long a response may still take to be read when its connection has ended. */
const UNREAD_TIMEOUT_MS = 1_000;

type PollingResponse = ServerResponse | Http2ServerResponse;

const isResponse = (value: unknown): value is PollingResponse =>
  value instanceof ServerResponse || value instanceof Http2ServerResponse;

const byteLengthOf = (value: unknown): number => {
  if (typeof value === 'string') return Buffer.byteLength(value);
  return ArrayBuffer.isView(value) ? value.byteLength : 0;
};

/** Bytes of an Engine.IO packet on the wire; a broadcast has its websocket frame already. */
function sizeOf(packet: unknown): number {
  const frame = propertyOf(propertyOf(packet, 'options'), 'wsPreEncodedFrame');
  if (!Array.isArray(frame)) return byteLengthOf(propertyOf(packet, 'data'));
  let size = 0;
  for (const part of frame) size += byteLengthOf(part);
  return size;
}

/**
 * What waits for one connection, counted as it is written: packets that Engine.IO holds back, those that its websocket has
 * not yet handed to the operating system, and responses to polling that the client has not read.
 */
export class Backlog {
  /** More was written than the connection may have waiting, and it was cut off. */
  isOverflowing = false;
  private packets = 0;
  private bytes = 0;
  private unread = 0;
  private responses: Set<PollingResponse> | undefined;
  private draining: Promise<void> | undefined;
  private release: (() => void) | undefined;

  constructor(
    private readonly conn: EngineConnection,
    private readonly maxBytes: number,
  ) {}

  /** What waits now. */
  waiting(): { readonly packets: number; readonly bytes: number } {
    return { packets: this.packets, bytes: this.size() };
  }

  isCongested(): boolean {
    return this.packets >= CONGESTED_PACKETS || this.size() >= Math.min(CONGESTED_BYTES, this.maxBytes / 4);
  }

  /** Resolves once the connection is not congested, or has ended. */
  drained(): Promise<void> {
    if (!this.isCongested() || this.conn.readyState === 'closed') return Promise.resolve();
    this.draining ??= new Promise((resolve) => {
      this.release = resolve;
      this.awaitDrain();
    });
    return this.draining;
  }

  /** A packet is about to wait; one that comes while too much does cuts the connection off. */
  add(packet: unknown): void {
    if (this.size() > this.maxBytes) {
      this.isOverflowing = true;
      this.terminate();
      return;
    }
    this.packets += 1;
    this.bytes += sizeOf(packet) + PACKET_COST;
  }

  /** What waits is about to be handed to the websocket, or to be the response to a poll. */
  flush(): void {
    const response = propertyOf(this.conn.transport, 'res');
    if (isResponse(response)) this.awaitReading(response, this.bytes);
    this.packets = 0;
    this.bytes = 0;
    this.settle();
  }

  /** The connection is ending, or has ended: what nobody reads then is cut off. */
  end(): void {
    if (this.conn.readyState === 'closed') this.close();
    else this.conn.once('close', () => this.close());
  }

  private size(): number {
    return this.bytes + this.unread + (websocketUnder(this.conn)?.bufferedAmount ?? 0);
  }

  private awaitReading(response: PollingResponse, bytes: number): void {
    this.responses ??= new Set();
    this.responses.add(response);
    this.unread += bytes;
    response.once('close', () => {
      this.responses?.delete(response);
      this.unread -= bytes;
      this.settle();
    });
  }

  private awaitDrain(): void {
    const websocket = websocketUnder(this.conn);
    if (websocket instanceof TurnWebSocket) websocket.afterWritten((error) => !error && this.settle());
    else this.conn.transport.once('drain', () => this.settle());
  }

  private settle(): void {
    if (!this.release) return;
    if (this.isCongested()) {
      this.awaitDrain();
      return;
    }
    this.release();
    this.release = undefined;
    this.draining = undefined;
  }

  private close(): void {
    this.release?.();
    this.release = undefined;
    if (this.size() > 0) setTimeout(() => this.terminate(), UNREAD_TIMEOUT_MS).unref();
  }

  private terminate(): void {
    terminate(this.conn);
    for (const response of this.responses ?? []) response.destroy();
  }
}

const backlogs = new WeakMap<EngineConnection, Backlog>();

/** A listener that all connections share: one of its own would cost every idle connection memory. */
function onPacketCreate(this: EngineConnection, packet: unknown): void {
  backlogs.get(this)?.add(packet);
}

const watched = new WeakSet<object>();

/** Tells the backlogs of an engine's connections what is written: one listener for all of them. */
function watchFlushes(engine: Server['engine']): void {
  if (watched.has(engine)) return;
  watched.add(engine);
  engine.on('flush', (conn: EngineConnection) => backlogs.get(conn)?.flush());
}

/** The backlog of a socket's connection, which is cut off when more than `maxBytes` wait for it. */
export function backlogOf({ conn, nsp }: Socket, maxBytes: number): Backlog {
  const known = backlogs.get(conn);
  if (known) return known;
  watchFlushes(nsp.server.engine);
  const backlog = new Backlog(conn, maxBytes);
  backlogs.set(conn, backlog);
  conn.on('packetCreate', onPacketCreate);
  return backlog;
}
