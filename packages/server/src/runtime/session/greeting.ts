import {
  type Contract,
  END_REASONS,
  type EndReason,
  type EventRegistry,
  type SessionNames,
} from '@wirepact/contract/runtime';
import type { Logger } from 'pino';
import type { Connection } from '../ports/connection';
import { emitByName } from '../ports/emitter';

const MAX_MESSAGE_LENGTH = 1024;

/** What the first event of a connection is made of. */
export interface GreetingDeps<Events extends EventRegistry> {
  readonly contract: Contract;
  readonly names: Pick<SessionNames, 'established'>;
  /** What an application tells besides; left out where that is nothing. */
  readonly greetingOf: ((connection: Connection<Events>) => object) | undefined;
  readonly logger: Logger;
}

/** Sends a connection the first event it gets, and notes in the log that it came and went. */
export function createGreeting<Events extends EventRegistry>({
  contract,
  names,
  greetingOf,
  logger,
}: GreetingDeps<Events>): (connection: Connection<Events>) => void {
  const capabilities = Object.keys(contract.clientToServer);
  return (connection) => {
    const { id: connectionId, identity } = connection;
    emitByName(connection, names.established, {
      protocolVersion: contract.version,
      ...greetingOf?.(connection),
      capabilities,
      ...(identity && { entityId: identity.entityId }),
      ...(identity?.expiresAt !== undefined && { expiresAt: identity.expiresAt }),
    });
    logger.debug({ connectionId }, 'connected');
    // A listener of each idle connection takes memory, for a line that is seldom wanted.
    if (!logger.isLevelEnabled('debug')) return;
    const { closed } = connection;
    closed.addEventListener('abort', () =>
      logger.debug({ connectionId, reason: closed.reason }, 'disconnected'),
    );
  };
}

/** Tells a client why its connection is ended, before it is. */
export function sayFarewell(
  connection: { readonly emit: unknown },
  event: string,
  reason: EndReason,
  message: string | undefined,
): void {
  const { description, reconnect } = END_REASONS[reason];
  const text = (message ?? description).slice(0, MAX_MESSAGE_LENGTH);
  emitByName(connection, event, { reason, message: text, reconnect });
}
