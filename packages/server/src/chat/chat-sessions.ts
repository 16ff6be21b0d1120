import { type Contract, versionsOf } from '@wirepact/contract/runtime';
import { protocol } from '@wirepact/protocol';
import type { Logger } from 'pino';
import { createAuthentication } from '../runtime/gateway/authentication';
import { createConnectCheck } from '../runtime/gateway/connect-limit';
import type { RateLimit } from '../runtime/gateway/rate-meter';
import { createSessions, type Sessions } from '../runtime/gateway/sessions';
import { createVersionCheck } from '../runtime/gateway/version-check';
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
export function createChatSessions(
  { authenticate, connectLimit }: Pick<ChatServerOptions, 'authenticate' | 'connectLimit'>,
  { contract, rateLimit, timeoutMs, logger }: ChatSessionsDeps,
): Sessions {
  const sessions = createSessions(authenticate && createAuthentication(authenticate, timeoutMs, logger));
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
