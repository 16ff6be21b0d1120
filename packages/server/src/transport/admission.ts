import { WirepactError } from '@wirepact/contract/runtime';
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

const closing = () => new WirepactError('UNAVAILABLE', 'The server is closing.', { retryable: true });

const toHandshake = ({ handshake }: Socket, address: string): Handshake => ({
  auth: handshake.auth,
  query: handshake.query,
  headers: handshake.headers,
  address,
});

/** Decides who is let in; rejects with why not. One attempt at a time for each client. */
export function createAdmittance(deps: AdmissionDeps): (socket: Socket) => Promise<Admission> {
  const { addressOf, checkOrigin, identify, isRefusing } = deps;
  const pending = new WeakSet<EngineConnection>();

  return async (socket) => {
    const { conn } = socket;
    if (isRefusing()) throw closing();
    if (pending.has(conn)) {
      // Socket.IO's clients do not do that: somebody wants the host's hooks to be asked many times at once.
      setImmediate(terminate, conn);
      throw new WirepactError('UNAVAILABLE', 'This client is connecting already.', { retryable: true });
    }
    checkOrigin(socket);
    const address = addressOf(socket.request);
    pending.add(conn);
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
export function toConnectError(cause: unknown): Error {
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
