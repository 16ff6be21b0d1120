import { setMaxListeners } from 'node:events';
import type { EndReason, EventRegistry } from '@wirepact/contract/runtime';
import type { Socket } from 'socket.io';
import type { Connection } from '../ports/connection';
import type { Emitter } from '../ports/emitter';
import type { Identity } from '../ports/identity';
import type { Admission } from './admission';
import { type Backlog, backlogOf } from './backlog';
import { noteLetIn } from './close-connection';
import { PacketError } from './packet-error';
import type { Farewell } from './transport';

const MAX_AGENT_ID_LENGTH = 256;
const ROOM_PREFIX = 'channel:';

/** The Socket.IO room of a channel. */
export const roomOf = (channelId: string) => `${ROOM_PREFIX}${channelId}`;

/** Takes a socket out of all channels. */
export function leaveChannels(socket: Socket): void {
  for (const room of socket.rooms) if (room.startsWith(ROOM_PREFIX)) void socket.leave(room);
}

/** The agent named in the handshake: `auth.agentId`, else the query's. */
function toAgentId({ auth, query }: Socket['handshake']): string | undefined {
  const agentId: unknown = auth.agentId ?? query.agentId;
  return typeof agentId === 'string' && agentId !== '' && agentId.length <= MAX_AGENT_ID_LENGTH
    ? agentId
    : undefined;
}

/** What connections of one transport share. */
export interface ConnectionDeps<Events extends EventRegistry> {
  /** Bytes that may wait for one connection. */
  readonly maxWaitingBytes: number;
  readonly farewell: Farewell<Events>;
  /** Ends a socket that has been told why. */
  readonly endSocket: (socket: Socket, reason: EndReason) => void;
  /** Told of every connection that has ended. */
  readonly onEnd: (connection: Connection<Events>) => void;
}

/** A socket as handlers and services see it. */
export class SocketConnection<Events extends EventRegistry> implements Connection<Events> {
  readonly id: string;
  readonly address: string;
  identity: Identity | undefined;
  readonly agentId: string | undefined;
  /** Made when it is first asked for: most connections are idle, and a signal is a large part of what they take. */
  private controller: AbortController | undefined;
  /** Why it has ended, once it has. */
  private closeReason: string | undefined;
  private readonly backlog: Backlog;
  private endReason: EndReason | undefined;

  constructor(
    private readonly socket: Socket,
    { address, identity }: Admission,
    private readonly deps: ConnectionDeps<Events>,
  ) {
    noteLetIn(socket.conn);
    this.id = socket.id;
    this.address = address;
    this.identity = identity;
    this.agentId = toAgentId(socket.handshake);
    this.backlog = backlogOf(socket.conn, deps.maxWaitingBytes);
    if (socket.connected) socket.on('disconnect', (reason) => this.onDisconnect(reason));
    else this.onDisconnect('transport close');
    socket.on('error', (error: unknown) => this.onError(error));
  }

  get closed(): AbortSignal {
    if (this.controller) return this.controller.signal;
    this.controller = new AbortController();
    const { signal } = this.controller;
    // Everything that is under way for a connection may wait for its end.
    setMaxListeners(0, signal);
    if (this.closeReason !== undefined) this.controller.abort(this.closeReason);
    return signal;
  }

  emit: Emitter<Events>['emit'] = (event, ...payload) => {
    if (this.closeReason === undefined) this.socket.emit(event, ...payload);
  };

  join(channelId: string): void {
    // A handler may finish after its connection has ended; a room must not keep it.
    if (this.closeReason === undefined) void this.socket.join(roomOf(channelId));
  }

  isIn(channelId: string): boolean {
    return this.socket.rooms.has(roomOf(channelId));
  }

  leave(channelId: string): void {
    void this.socket.leave(roomOf(channelId));
  }

  isCongested(): boolean {
    return this.backlog.isCongested();
  }

  async drained(): Promise<void> {
    if (this.closeReason !== undefined || !this.isCongested()) return;
    const { closed } = this;
    let stop = () => {};
    const ended = new Promise<void>((resolve) => {
      stop = resolve;
      closed.addEventListener('abort', stop);
    });
    await Promise.race([this.backlog.drained(), ended]);
    closed.removeEventListener('abort', stop);
  }

  end(reason: EndReason, message?: string): void {
    if (this.endReason || this.closeReason !== undefined) return;
    this.endReason = reason;
    this.deps.farewell(this, reason, message);
    leaveChannels(this.socket);
    this.deps.endSocket(this.socket, reason);
    this.close(reason);
  }

  private close(reason: string): void {
    if (this.closeReason !== undefined) return;
    this.closeReason = reason;
    this.controller?.abort(reason);
    this.deps.onEnd(this);
  }

  private onDisconnect(reason: string): void {
    this.close(this.endReason ?? (this.backlog.isOverflowing ? 'SLOW_READER' : reason));
  }

  /** Socket.IO tells every socket of a client of a packet it refused. Clients can emit `error`, but no instance of one. */
  private onError(error: unknown): void {
    if (error instanceof PacketError) this.end(error.reason, error.message);
    else if (error instanceof Error) this.end('INVALID_PACKET', 'A packet was malformed.');
  }
}
