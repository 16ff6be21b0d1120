import { setMaxListeners } from 'node:events';
import {
  END_REASONS,
  type EndReason,
  type EventRegistry,
  type PayloadOf,
  type ReplyOf,
} from '@wirepact/contract/runtime';
import type { Socket } from 'socket.io';
import { checkArguments, checkCall, invalidCall } from '../call-checks';
import { aText, show } from '../option-checks';
import type { AskedNames, AskOptions, Connection, RoomAddress } from '../ports/connection';
import type { Dialect } from '../ports/dialect';
import type { Emitter } from '../ports/emitter';
import type { Handshake, Identity } from '../ports/identity';
import { type Admission, toHandshake } from './admission';
import { type Backlog, backlogOf } from './backlog';
import { noteLetIn } from './close-connection';
import { type OnEvent, type OnFlaw, Speaker } from './dialects/speaker';
import { emitTraced } from './emit-traced';
import { propertyOf } from './engine-connection';
import { awaitAnswer } from './packet-decoder';
import { PacketError } from './packet-error';
import { leaveRooms, moveToDialect, partOf, silence, socketRoomOf } from './socket-room';
import type { AskedClient, TransportOptions } from './transport';

const addressOf = (room: string, id: string | undefined): RoomAddress =>
  id === undefined ? room : { name: room, id };

/** Socket.IO keeps what waits for an acknowledgement until one comes, and in private. */
function forgetAnswer(socket: Socket, onAnswer: unknown): void {
  const waiting = propertyOf(socket, 'acks');
  if (!(waiting instanceof Map)) return;
  for (const [id, callback] of waiting) if (callback === onAnswer) waiting.delete(id);
}

/** @throws WirepactError `INVALID_OPTIONS` for what is none, as a host in JavaScript may have it. */
function checkEnd(reason: unknown, message: unknown): void {
  if (typeof reason !== 'string' || !Object.hasOwn(END_REASONS, reason))
    throw invalidCall(`end needs one of ${Object.keys(END_REASONS).join(', ')}, not ${show(reason)}.`);
  checkCall('end', { message }, { message: aText });
}

/** What connections of one transport share. */
export interface ConnectionDeps<Events extends EventRegistry>
  extends Pick<TransportOptions<Events>, 'maxWaitingBytes' | 'farewell' | 'checkEmit' | 'ask' | 'tracing'> {
  /** Whether nobody else uses the sockets, whose errors then are all of packets. */
  readonly isOurs: boolean;
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
  /** Made when it is first asked for: most connections are idle, and a signal is a large part of what they take. */
  private controller: AbortController | undefined;
  /** Why it has ended, once it has. */
  private closeReason: string | undefined;
  private readonly backlog: Backlog;
  /** What it goes through where the client speaks a dialect. */
  private speaker: Speaker | undefined;
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
    this.backlog = backlogOf(socket, deps.maxWaitingBytes);
  }

  get handshake(): Handshake {
    return toHandshake(this.socket, this.address);
  }

  get dialect(): string | undefined {
    return this.speaker?.dialect.name;
  }

  /** From now on the client is taken to speak a dialect. */
  speak(dialect: Dialect, onFlaw: OnFlaw): void {
    const { socket } = this;
    const getIdentity = () => this.identity;
    const client = {
      id: socket.id,
      handshake: this.handshake,
      get identity() {
        return getIdentity();
      },
      tell: (event: string, ...args: unknown[]) => {
        if (this.closeReason === undefined) socket.emit(event, ...args);
      },
    };
    this.speaker = new Speaker(dialect, client, onFlaw);
    moveToDialect(socket, dialect);
  }

  /** Hands on an event of the client, as it is in the contract. */
  receive(event: string, args: readonly unknown[], onEvent: OnEvent): void {
    if (this.speaker) this.speaker.receive(event, args, onEvent);
    else onEvent(event, args);
  }

  get isClosed(): boolean {
    return this.closeReason !== undefined;
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
    checkArguments(event, payload);
    this.deps.checkEmit?.(event, payload[0]);
    if (this.closeReason !== undefined) return;
    const { socket, speaker } = this;
    const { tracing } = this.deps;
    if (speaker) speaker.send(event, payload);
    else if (tracing) emitTraced(tracing, (...args) => socket.emit(...args), event, payload);
    else socket.emit(event, ...payload);
  };

  request<Name extends AskedNames<Events>>(
    event: Name,
    payload: PayloadOf<Events[Name]>,
    options: AskOptions = {},
  ): Promise<ReplyOf<Events[Name]>> {
    const client: AskedClient = {
      closed: this.closed,
      send: (name, sent, onAnswer) => {
        awaitAnswer(this.socket.conn);
        const args = sent === undefined ? [] : [sent];
        this.socket.emit(name, ...args, onAnswer);
        return () => forgetAnswer(this.socket, onAnswer);
      },
    };
    // Whoever asks has checked the answer against the event's schema, which no type can follow.
    return this.deps.ask(client, event, payload, options) as Promise<ReplyOf<Events[Name]>>;
  }

  join(room: string, id?: string): void {
    // A handler may finish after its connection has ended; a room must not keep it.
    if (this.closeReason === undefined) void this.socket.join(this.roomOf(room, id));
  }

  isIn(room: string, id?: string): boolean {
    return this.socket.rooms.has(this.roomOf(room, id));
  }

  leave(room: string, id?: string): void {
    void this.socket.leave(this.roomOf(room, id));
  }

  isCongested(): boolean {
    return this.backlog.isCongested();
  }

  /** What waits to be sent to it. */
  waiting(): ReturnType<Backlog['waiting']> {
    return this.backlog.waiting();
  }

  /** Socket.IO's name of what carries it now. */
  get transportName(): string {
    return this.socket.conn.transport.name;
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
    checkEnd(reason, message);
    if (this.endReason || this.closeReason !== undefined) return;
    this.endReason = reason;
    this.deps.farewell(this, reason, message);
    leaveRooms(this.socket);
    silence(this.socket);
    this.deps.endSocket(this.socket, reason);
    this.close(reason);
  }

  private roomOf(room: string, id: string | undefined): string {
    return partOf(socketRoomOf(addressOf(room, id)), this.speaker?.dialect);
  }

  private close(reason: string): void {
    if (this.closeReason !== undefined) return;
    this.closeReason = reason;
    this.controller?.abort(reason);
    this.backlog.end();
    this.deps.onEnd(this);
  }

  /** The socket has ended. */
  onDisconnect(reason: string): void {
    this.close(this.endReason ?? (this.backlog.isOverflowing ? 'SLOW_READER' : reason));
  }

  /**
   * Socket.IO tells every socket of a client of a packet it refused. Clients can emit `error`, but no instance of one; the
   * host's middleware can on its own server, where Socket.IO itself ends the connection after a packet that is none.
   */
  onError(error: unknown): void {
    if (error instanceof PacketError) this.end(error.reason, error.message);
    else if (error instanceof Error && this.deps.isOurs)
      this.end('INVALID_PACKET', 'A packet was malformed.');
  }
}
