import { once } from 'node:events';
import { type WireError, WirepactError } from '@wirepact/contract/runtime';
import type { Socket } from 'socket.io';
import type { Handshake, Identity } from '../ports/identity';
import { closeOnceWritten, terminate } from './close-connection';
import { type EngineConnection, propertyOf } from './engine-connection';

/** Who has been let in. */
export interface Admission {
  /** IP address. */
  readonly address: string;
  readonly identity: Identity | undefined;
}

/** What letting somebody in takes. */
export interface AdmissionDeps {
  readonly addressOf: (request: Socket['request']) => string;
  /** Throws where a page of this origin may not connect. */
  readonly checkOrigin: (socket: Socket) => void;
  readonly identify: (handshake: Handshake) => Promise<Identity | undefined>;
  /** Whether nobody is let in any more. */
  readonly isRefusing: () => boolean;
}

/** Attempts that a client may make while one of its own is under way: a page may call `connect` twice. */
const MAX_REPEATS = 10;

/** What a client tries besides an attempt of its own that is under way. */
interface Repeats {
  count: number;
  /** Resolves when the client has gone; all repeats wait for the same. */
  gone: Promise<unknown> | undefined;
}

const closing = () => new WirepactError('UNAVAILABLE', 'The server is closing.', { retryable: true });

/** What a socket's client says of itself. */
export const toHandshake = ({ handshake }: Socket, address: string): Handshake => ({
  auth: handshake.auth,
  query: handshake.query,
  headers: handshake.headers,
  address,
});

/** Decides who is let in; rejects with why not. One attempt at a time for each client. */
export function createAdmittance(deps: AdmissionDeps): (socket: Socket) => Promise<Admission> {
  const { addressOf, checkOrigin, identify, isRefusing } = deps;
  /** Clients with an attempt under way. */
  const pending = new WeakMap<EngineConnection, Repeats>();

  /** Keeps a repeated attempt until its client has gone: an answer would be taken for that to the first. */
  const repeat = async (conn: EngineConnection, repeats: Repeats): Promise<never> => {
    repeats.count += 1;
    if (repeats.count > MAX_REPEATS) setImmediate(terminate, conn);
    repeats.gone ??= once(conn, 'close');
    await repeats.gone;
    throw new WirepactError('UNAVAILABLE', 'This client is connecting already.', { retryable: true });
  };

  return async (socket) => {
    const { conn } = socket;
    if (isRefusing()) throw closing();
    const repeats = pending.get(conn);
    if (repeats) return repeat(conn, repeats);
    checkOrigin(socket);
    const address = addressOf(socket.request);
    pending.set(conn, { count: 0, gone: undefined });
    try {
      const identity = await identify(toHandshake(socket, address));
      if (isRefusing()) throw closing();
      return { address, identity };
    } finally {
      pending.delete(conn);
    }
  };
}

/** An error for Socket.IO's `connect_error`, which carries `data` to the client. */
export function toConnectError(cause: unknown): Error & { readonly data: WireError } {
  const error =
    cause instanceof WirepactError
      ? cause
      : new WirepactError('INTERNAL', 'The server failed to take this connection.', { retryable: true });
  return Object.assign(new Error(error.message), { data: error.toWire() });
}

/** Whether a client is in any namespace; Socket.IO keeps that private. */
function isInNamespace({ client }: Socket): boolean {
  const namespaces = propertyOf(client, 'nsps');
  return namespaces instanceof Map && namespaces.size > 0;
}

/** Closes a socket's connection, unless other namespaces use it. */
export function closeUnused(socket: Socket): Promise<void> {
  return isInNamespace(socket) ? Promise.resolve() : closeOnceWritten(socket.conn);
}
