import type { DialectLine, DialectSession } from './dialect';
import { exchangeEvent } from './exchange';

/** What a dialect does with its connection; as a session of its own it speaks the contract. */
export interface DialectLink extends DialectSession, Pick<DialectLine, 'session' | 'credentials'> {
  /** Emits an event that nobody acknowledges; false where the connection turned out to be dead, and nothing was sent. */
  emit(event: string, ...args: unknown[]): boolean;
}

/** Makes of a connection what a dialect needs of it. */
export function createDialectLink({ socket, session, receive, credentials }: DialectLine): DialectLink {
  return {
    ...{ session, receive, credentials },
    exchange: (request) => exchangeEvent(socket, request),
    emit(event, ...args) {
      if (!socket.connected) return false;
      socket.emit(event, ...args);
      // What Socket.IO keeps back it would send later, before anything is restored.
      const isKeptBack = socket.sendBuffer.length > 0;
      socket.sendBuffer.length = 0;
      return !isKeptBack;
    },
  };
}
