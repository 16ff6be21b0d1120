import { type ConnectionNames, SESSION_PREFIX } from '@wirepact/contract/runtime';
import { toClientError } from '../base/client-errors';
import type { EventHub } from '../base/event-hub';
import type { Connection } from '../connection/connection';
import type { Requester } from './request';
import type { Greeting, ServerInfo } from './server-info';

/** What follows what a server says of itself and of the connection. */
export interface Followers {
  readonly names: ConnectionNames;
  readonly server: ServerInfo;
  readonly connection: Connection;
  readonly requester: Requester;
  /** Whether credentials can be asked for again. */
  readonly isRenewable: boolean;
}

/** Why a server is about to end the connection. */
interface End {
  readonly reason: string;
  readonly message: string;
  readonly reconnect: boolean;
}

/** Takes note of what the server says when it lets this client in, and when it is about to end the connection. */
export function followServer(
  hub: EventHub,
  { names, server, connection, requester, isRenewable }: Followers,
): void {
  const onGreeting = (greeting: Greeting) => {
    server.greeting = greeting;
    const { expiresAt } = greeting;
    if (
      expiresAt === undefined ||
      !isRenewable ||
      !(names.authenticate.startsWith(SESSION_PREFIX) || server.declares(names.authenticate))
    )
      return;
    // Where that cannot be loaded the connection ends in time, and the next asks for credentials.
    import('../connection/credentials-renewal').then(
      ({ renewInTime }) =>
        renewInTime(
          connection,
          (auth, signal) => requester.send(names.authenticate, { auth }, { signal, restoring: true }),
          expiresAt,
        ),
      () => {},
    );
  };
  const onEnd = ({ reason, message, reconnect }: End) =>
    connection.noteEnd(toClientError(reason, message, { retryable: reconnect }));
  hub.on(names.established, onGreeting);
  hub.on(names.ended, onEnd);
}
