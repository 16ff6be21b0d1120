import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';
import { io, type Socket as Upstream } from 'socket.io-client';

type Acknowledge = (...answer: unknown[]) => void;

/** One client of a relay, with what mutants may do to it. */
export interface Peer {
  /** Its id, as the client knows it. */
  readonly id: string;
  /** Sends the client an event. */
  readonly tell: (event: string, payload?: unknown) => void;
  /** Sends every client of the relay an event. */
  readonly tellAll: (event: string, payload?: unknown) => void;
  /** Sends the server an event as if the client had; the answer is dropped. */
  readonly ask: (event: string, payload?: unknown) => Promise<unknown>;
  /** Cuts the connection. */
  readonly cut: () => void;
  /** What a mutant remembers of this client. */
  readonly memory: Map<string, unknown>;
  /** What it remembers of all clients. */
  readonly shared: Map<string, unknown>;
}

/** An event that is passed on. */
export interface Passing {
  readonly event: string;
  readonly payload: unknown;
  /** What comes behind the payload. */
  readonly more: readonly unknown[];
  /** How often this event went this way on this connection, this time included. */
  readonly times: number;
}

/**
 * What is wrong with a server: each part is given what passes and answers with what goes on in its place, or with
 * `DROPPED` where nothing does.
 */
export interface Mutation {
  /** Events of the server. */
  readonly down?: (passing: Passing, peer: Peer) => unknown;
  /** Events of the client. */
  readonly up?: (passing: Passing, peer: Peer) => unknown;
  /** What the server answers an event with. */
  readonly ack?: (answer: unknown, passing: Passing, peer: Peer) => unknown;
  /** What a client is told that the server does not let in. */
  readonly refusal?: (data: unknown) => unknown;
  /** Told of each client once the server has let it in. */
  readonly connected?: (peer: Peer) => void;
}

/** Nothing goes on. */
export const DROPPED = Symbol('dropped');

const count = (counts: Map<string, number>, event: string) => {
  const times = (counts.get(event) ?? 0) + 1;
  counts.set(event, times);
  return times;
};

/** Passes on what comes after the payload: an acknowledgement that goes the other way. */
const splitArguments = (args: readonly unknown[]) => {
  const last = args.at(-1);
  return typeof last === 'function'
    ? { rest: args.slice(0, -1), acknowledge: last as Acknowledge }
    : { rest: args, acknowledge: undefined };
};

/** What the server says of its connection to the relay is said of the client's to the relay. */
function withOwnId(payload: unknown, { id: theirs = '' }: Upstream, { id }: Socket): unknown {
  const text = JSON.stringify(payload);
  return theirs !== '' && text?.includes(theirs) ? JSON.parse(text.replaceAll(theirs, id)) : payload;
}

function relayDown(socket: Socket, upstream: Upstream, { down }: Mutation, peer: Peer): void {
  const counts = new Map<string, number>();
  upstream.onAny((event: string, ...args: unknown[]) => {
    const { rest, acknowledge } = splitArguments(args);
    const [payload, ...more] = rest;
    const own = withOwnId(payload, upstream, socket);
    const passed = down ? down({ event, payload: own, more, times: count(counts, event) }, peer) : own;
    if (passed === DROPPED) return;
    socket.emit(event, ...(rest.length > 0 ? [passed, ...more] : []), ...(acknowledge ? [acknowledge] : []));
  });
  upstream.on('disconnect', () => socket.disconnect(true));
}

function relayUp(socket: Socket, upstream: Upstream, { up, ack }: Mutation, peer: Peer): void {
  const counts = new Map<string, number>();
  socket.onAny((event: string, ...args: unknown[]) => {
    const { rest, acknowledge } = splitArguments(args);
    const [payload, ...more] = rest;
    const passing = { event, payload, more, times: count(counts, event) };
    const passed = up ? up(passing, peer) : payload;
    if (passed === DROPPED) return;
    const answer = (given: unknown) => {
      const changed = ack ? ack(given, passing, peer) : given;
      if (changed !== DROPPED) acknowledge?.(changed);
    };
    upstream.emit(event, ...(rest.length > 0 ? [passed, ...more] : []), ...(acknowledge ? [answer] : []));
  });
  socket.on('disconnect', () => upstream.close());
}

/** Opens the connection that a client of the relay stands for. */
function openUpstream(socket: Socket, url: string): Upstream {
  const { auth, query } = socket.handshake;
  const { EIO: _version, transport: _transport, t: _time, sid: _session, b64: _b64, ...own } = query;
  return io(url, { forceNew: true, reconnection: false, transports: ['websocket'], auth, query: own });
}

/** Stands before the server at `url` and does what is wrong with it. */
export async function startRelay(url: string, mutation: Mutation = {}) {
  const httpServer = createServer();
  const server = new Server(httpServer, { serveClient: false });
  const shared = new Map<string, unknown>();
  const upstreams = new WeakMap<Socket, { upstream: Upstream; release: () => void }>();
  server.use((socket, next) => {
    const upstream = openUpstream(socket, url);
    // What the server says at once waits until the client is connected.
    const early: [string, unknown[]][] = [];
    const keep = (event: string, ...args: unknown[]) => early.push([event, args]);
    upstream.onAny(keep);
    upstream.once('connect', () => next());
    upstream.once('connect_error', (error) => {
      const data: unknown = Reflect.get(error, 'data');
      next(Object.assign(error, { data: mutation.refusal ? mutation.refusal(data) : data }));
    });
    const release = () => {
      upstream.offAny(keep);
      for (const [event, args] of early)
        for (const listener of upstream.listenersAny()) listener(event, ...args);
    };
    upstreams.set(socket, { upstream, release });
  });
  server.on('connection', (socket) => {
    const { upstream, release } = upstreams.get(socket) ?? {};
    if (!upstream || !release) return;
    const peer: Peer = {
      id: socket.id,
      tell: (event, payload) => socket.emit(event, payload),
      tellAll: (event, payload) => server.emit(event, payload),
      ask: (event, payload) => upstream.emitWithAck(event, payload),
      cut: () => socket.disconnect(true),
      memory: new Map(),
      shared,
    };
    relayDown(socket, upstream, mutation, peer);
    relayUp(socket, upstream, mutation, peer);
    release();
    mutation.connected?.(peer);
  });
  await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', resolve));
  const { port } = httpServer.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
