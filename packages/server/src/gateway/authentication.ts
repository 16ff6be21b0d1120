import { WirepactError } from '@wirepact/contract/runtime';
import type { Logger } from 'pino';
import type { Authenticate, Handshake, Identity } from '../ports/identity';

/** Asks the host who connects. What the host throws stays in the log, unless it is meant for the client. */
async function askHost(
  authenticate: Authenticate,
  handshake: Handshake,
  logger: Logger,
): Promise<Identity | null> {
  try {
    return await authenticate(handshake);
  } catch (err) {
    if (err instanceof WirepactError) throw err;
    logger.warn({ err }, 'authenticate refused a connection');
    return null;
  }
}

/**
 * Identifies whoever connects; `undefined` on a server that does not authenticate.
 * The function it returns rejects with `UNAUTHENTICATED` where the host does not accept the credentials.
 */
export function createAuthentication(authenticate: Authenticate | undefined, logger: Logger) {
  return async (handshake: Handshake): Promise<Identity | undefined> => {
    if (!authenticate) return undefined;
    const identity = await askHost(authenticate, handshake, logger);
    if (identity) return identity;
    throw new WirepactError('UNAUTHENTICATED', 'The credentials of this connection were not accepted.');
  };
}
