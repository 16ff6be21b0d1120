import { END_REASONS, type EndReason } from '@wirepact/contract/runtime';
import { type Protocol, protocol } from '@wirepact/protocol';
import type { Logger } from 'pino';
import type * as runtime from '../runtime/ports/connection';
import type { Connection } from './ports/connection';

/** The message of `connection_established`, word for word the document's. */
const GREETING = 'Connected to Eliza Socket.IO server';
const MAX_MESSAGE_LENGTH = 1024;

type ChatConnection = Connection<Protocol['serverToClient']>;

/** Sends a connection the first event it gets, and notes in the log that it came and went. */
export function greet(connection: ChatConnection, capabilities: string[], logger: Logger): void {
  const { id: socketId, agentId, identity } = connection;
  connection.emit('connection_established', {
    message: GREETING,
    socketId,
    ...(agentId !== undefined && { agentId }),
    protocolVersion: protocol.version,
    capabilities,
    ...(identity && { entityId: identity.entityId }),
    ...(identity?.expiresAt !== undefined && { expiresAt: identity.expiresAt }),
  });
  logger.debug({ socketId }, 'connected');
  // A listener of each idle connection takes memory, for a line that is seldom wanted.
  if (!logger.isLevelEnabled('debug')) return;
  const { closed } = connection;
  closed.addEventListener('abort', () => logger.debug({ socketId, reason: closed.reason }, 'disconnected'));
}

/** Tells a client why its connection is ended, before it is. */
export function sayFarewell(
  connection: runtime.Connection<Protocol['serverToClient']>,
  reason: EndReason,
  message: string | undefined,
): void {
  const { description, reconnect } = END_REASONS[reason];
  const text = (message ?? description).slice(0, MAX_MESSAGE_LENGTH);
  connection.emit('connection_ended', { reason, message: text, reconnect });
}
