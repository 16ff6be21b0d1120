import { type Contract, versionsOf } from '@wirepact/contract/runtime';
import type { Logger } from 'pino';
import { createAuthentication } from './gateway/authentication';
import { createConnectCheck } from './gateway/connect-limit';
import { createSessions, type Sessions } from './gateway/sessions';
import { createVersionCheck } from './gateway/version-check';
import type { SharedCounter } from './ports/scale-out';
import type { ServerOptions } from './server-options';

/** What the sessions of a server are made of, beside its options. */
export interface CountedSessionsDeps {
  readonly contract: Contract;
  /** The contract that a version is about which a client asks for without a name. */
  readonly protocolName: string;
  /** Whether connects are counted where the options do not say it. */
  readonly isLimited: boolean;
  /** How long the host may take to say who connects, in milliseconds. */
  readonly timeoutMs: number;
  /** Counts connects to other processes; left out where this one counts alone. */
  readonly counter: SharedCounter | undefined;
  readonly logger: Logger;
}

/**
 * Who is connected, and in which version: whoever connects or authenticates again is counted first, and asked about then.
 * A server that limits nothing else does not count, unless it is told to.
 */
export function createCountedSessions(
  { authenticate, connectLimit }: Pick<ServerOptions, 'authenticate' | 'connectLimit'>,
  { contract, protocolName, isLimited, timeoutMs, counter, logger }: CountedSessionsDeps,
): Sessions {
  const sessions = createSessions(authenticate && createAuthentication(authenticate, timeoutMs, logger));
  const checkVersion = createVersionCheck(versionsOf(contract), protocolName);
  const isCounted = connectLimit === undefined ? isLimited : connectLimit !== false;
  const count = isCounted ? createConnectCheck(connectLimit || {}, logger, counter) : undefined;
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
