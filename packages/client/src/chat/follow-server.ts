import { toClientError } from '../runtime/client-errors';
import type { Connection } from '../runtime/connection';
import type { EventPayload } from '../runtime/contract-events';
import type { EventHub } from '../runtime/event-hub';
import type { Requester } from '../runtime/request';
import type { Sender } from './channel/channel-outbox';
import type { ChatProtocol } from './chat-contract';
import type { ServerInfo } from './server-info';

/** What follows what a server says of itself and of the connection. */
export interface Followers {
  readonly server: ServerInfo;
  readonly sender: Sender;
  readonly connection: Connection;
  readonly requester: Requester;
  /** Whether credentials can be asked for again. */
  readonly isRenewable: boolean;
}

/** Takes note of what the server says when it lets this client in, and when it is about to end the connection. */
export function followServer(
  hub: EventHub,
  { server, sender, connection, requester, isRenewable }: Followers,
): void {
  const onGreeting = (greeting: EventPayload<ChatProtocol, 'connection_established'>) => {
    server.greet(greeting);
    const { expiresAt, entityId } = greeting;
    if (!sender.isNamed) sender.entityId = entityId ?? sender.entityId;
    sender.isKnown = true;
    if (expiresAt === undefined || !isRenewable || !server.declares('authenticate')) return;
    // Where that cannot be loaded the connection ends in time, and the next asks for credentials.
    import('./credentials-renewal').then(
      ({ renewInTime }) => renewInTime(connection, requester, expiresAt),
      () => {},
    );
  };
  const onEnd = ({ reason, message, reconnect }: EventPayload<ChatProtocol, 'connection_ended'>) =>
    connection.noteEnd(toClientError(reason, message, { retryable: reconnect }));
  hub.on('connection_established', onGreeting);
  hub.on('connection_ended', onEnd);
}
