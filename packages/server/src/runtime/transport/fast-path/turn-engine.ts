import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Socket as ClientSocket, Server } from 'socket.io';
import { TurnWebSocket } from './turn-websocket';
import { openWebsocket } from './websocket-opening';

type OnHeaders = (lines: string[], request: IncomingMessage) => void;

const ignore = () => undefined;

/** What listens once is wrapped by its emitter, and has what was meant. */
const listensOnce = (listener: unknown): listener is () => void =>
  typeof listener === 'function' && 'listener' in listener;

/**
 * Has Engine.IO forget the responses to upgrades: it imitates one for its middlewares, and listens to the stream for it, which
 * would keep the request as long as the websocket is open.
 */
export function forgetResponses(engine: Server['engine']): void {
  const { handleUpgrade } = engine;
  engine.handleUpgrade = (request, socket, head) => {
    const before = socket.listenerCount('close');
    handleUpgrade.call(engine, request, socket, head);
    // The first that it has added: where it has middlewares, others may listen before the websocket is opened.
    const listener = socket.rawListeners('close')[before];
    if (listensOnce(listener)) socket.off('close', listener);
  };
}

/**
 * Lets go of the request that a connection began with, as Socket.IO documents it, and of what the handshake says of it that
 * nobody is told: nobody needs it once the socket is let in.
 */
export function forgetRequest({ conn, handshake }: ClientSocket): void {
  Object.assign(conn, { request: null });
  Object.assign(handshake, { url: '', time: '' });
}

/** A server of websockets as Engine.IO uses one. */
export interface TurnEngine {
  handleUpgrade(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    onOpen: (websocket: TurnWebSocket) => void,
  ): void;
  /** `listener` adds to the lines that open a websocket. */
  on(event: 'headers', listener: OnHeaders): this;
  close(): void;
}

/** Engine.IO's option `wsEngine`: websockets that write once a turn, and hold `maxHeld` bytes before others wait. */
export const createTurnEngine = (maxHeld: number): (new (options: { maxPayload: number }) => TurnEngine) =>
  class implements TurnEngine {
    private onHeaders: OnHeaders = ignore;
    private readonly limits;

    constructor({ maxPayload }: { maxPayload: number }) {
      this.limits = { maxPayload, maxHeld };
    }

    handleUpgrade(
      request: IncomingMessage,
      socket: Duplex,
      head: Buffer,
      onOpen: (websocket: TurnWebSocket) => void,
    ): void {
      // A stream that fails is destroyed, and says so when it closes.
      socket.on('error', ignore);
      if (!openWebsocket(request, socket, (lines) => this.onHeaders(lines, request))) return;
      if (socket instanceof Socket) socket.setTimeout(0).setNoDelay();
      if (head.length > 0) socket.unshift(head);
      onOpen(new TurnWebSocket(socket, this.limits));
    }

    on(_event: 'headers', listener: OnHeaders): this {
      this.onHeaders = listener;
      return this;
    }

    /** Its websockets are closed by whoever has them. */
    close(): void {}
  };
