import { type Contract, type EventRegistry, versionsOf } from '@wirepact/contract/runtime';
import { protocol } from '@wirepact/protocol';
import type { Logger } from 'pino';
import { createAuthentication } from './gateway/authentication';
import { createConnectCheck } from './gateway/connect-limit';
import type { RateLimit } from './gateway/rate-meter';
import { createSessions, type Sessions } from './gateway/sessions';
import { createVersionCheck } from './gateway/version-check';
import type { ChatServerOptions } from './options';

/** What the sessions of a chat server are made of, beside its options. */
export interface ChatSessionsDeps {
  readonly contract: Contract;
  readonly rateLimit: RateLimit | undefined;
  /** How long the host may take to say who connects, in milliseconds. */
  readonly timeoutMs: number;
  readonly logger: Logger;
}

/**
 * Who is connected, and in which version: whoever connects or authenticates again is counted first, and asked about then.
 * A server that limits nothing else does not count, unless it is told to.
 */
export function createChatSessions<Events extends EventRegistry>(
  { authenticate, connectLimit }: Pick<ChatServerOptions, 'authenticate' | 'connectLimit'>,
  { contract, rateLimit, timeoutMs, logger }: ChatSessionsDeps,
): Sessions<Events> {
  const sessions = createSessions<Events>(
    authenticate && createAuthentication(authenticate, timeoutMs, logger),
  );
  const checkVersion = createVersionCheck(versionsOf(contract), protocol.name);
  const isCounted = connectLimit === undefined ? rateLimit !== undefined : connectLimit !== false;
  const count = isCounted ? createConnectCheck(connectLimit || {}, logger) : undefined;
  return {
    async identify(handshake) {
      count?.(handshake.address);
      checkVersion(handshake.auth.protocol);
      return sessions.identify(handshake);
    },
    open: sessions.open,
    async reauthenticate(connection, auth) {
      count?.(connection.address);
      return sessions.reauthenticate(connection, auth);
    },
  };
}
