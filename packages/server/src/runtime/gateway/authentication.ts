import { WirepactError } from '@wirepact/contract/runtime';
import type { Logger } from 'pino';
import { OwnError } from '../own-error';
import type { Authenticate, Handshake, Identity } from '../ports/identity';
import { withDeadline } from './deadline';
import { copyOf, findIdentityFlaw } from './identity-check';
import { retryable } from './retryable';
import { findWireFlaw } from './wire-errors';

/** Identifies whoever connects. Rejects with the `WirepactError` that the client is to see. */
export type Authentication = (handshake: Handshake) => Promise<Identity>;

const unauthenticated = (message: string) => new WirepactError('UNAUTHENTICATED', message);

/** Asks the host who connects, for an object of its own. What it throws stays in the log, unless it is meant for the client. */
async function askHost(
  authenticate: Authenticate,
  handshake: Handshake,
  timeoutMs: number,
  logger: Logger,
): Promise<unknown> {
  try {
    return copyOf(await withDeadline(Promise.resolve(authenticate(handshake)), timeoutMs, 'The sign-in'));
  } catch (err) {
    const { address } = handshake;
    const isMeant = err instanceof WirepactError && !(err instanceof OwnError);
    const flaw = isMeant ? findWireFlaw(err) : undefined;
    if (isMeant && !flaw && err.code !== 'UNAVAILABLE') throw err;
    logger.error({ err: flaw ?? err, address }, 'authenticate failed: the client is told to try again');
    if (isMeant && !flaw) throw err;
    throw retryable('UNAVAILABLE', 'The server cannot tell now who is connecting.');
  }
}

/**
 * Identifies whoever connects, each connection with an identity object of its own.
 *
 * The function it returns rejects with `UNAUTHENTICATED` where the host refuses or the identity has expired, with
 * `UNAVAILABLE` where the host cannot say in time, and with `INTERNAL` where its answer is no identity.
 */
export function createAuthentication(
  authenticate: Authenticate,
  timeoutMs: number,
  logger: Logger,
): Authentication {
  return async (handshake) => {
    const answer = await askHost(authenticate, handshake, timeoutMs, logger);
    if (answer === null || answer === undefined || answer === false)
      throw unauthenticated('The credentials of this connection were not accepted.');
    const flaw = findIdentityFlaw(answer);
    if (flaw) {
      logger.error({ address: handshake.address }, `authenticate gave no identity: ${flaw}`);
      throw retryable('INTERNAL', 'The server failed to tell who is connecting.');
    }
    // The check above has said what it is; from `unknown` the compiler cannot tell.
    const identity = answer as Identity;
    const { expiresAt } = identity;
    if (expiresAt === undefined) return identity;
    if (expiresAt <= Date.now()) throw unauthenticated('The credentials of this connection have expired.');
    return { ...identity, expiresAt: Math.floor(expiresAt) };
  };
}
