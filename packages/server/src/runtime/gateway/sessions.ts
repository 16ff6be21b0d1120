import { AsyncResource } from 'node:async_hooks';
import { type EventRegistry, WirepactError } from '@wirepact/contract/runtime';
import type { Connection } from '../ports/connection';
import type { Handshake, Identity } from '../ports/identity';
import type { Authentication } from './authentication';
import { retryable } from './retryable';

/** The longest that a timer of Node's can wait. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** What sessions use of a connection. */
export type SessionConnection = Pick<
  Connection<EventRegistry>,
  'address' | 'closed' | 'end' | 'identity' | 'isClosed'
>;

/** The identities of connections, over time. */
export interface Sessions {
  /** Identifies whoever connects; `undefined` on a server that does not authenticate. */
  identify(handshake: Handshake): Promise<Identity | undefined>;
  /** From now on the connection ends when its identity does, unless that is renewed. */
  open(connection: SessionConnection): void;
  /**
   * Asks the host again who is connected, with another `auth`, and gives the connection the identity it answers with.
   * Resolves with when that ends, in Unix milliseconds, where it does.
   * @throws WirepactError `UNAUTHENTICATED` where it is refused or is somebody else: the identity stays as it was.
   * `UNAVAILABLE` where the host could not be asked; `OVERLOADED` while the connection is asking already.
   */
  reauthenticate(connection: SessionConnection, auth: Handshake['auth']): Promise<{ expiresAt?: number }>;
}

/** Ends connections whose identity has expired. */
function createExpiry() {
  const timers = new WeakMap<SessionConnection, NodeJS.Timeout>();

  /** Belongs to no request, not even to one that has renewed the identity. */
  const onTime = AsyncResource.bind((connection: SessionConnection, expiresAt: number) => {
    if (Date.now() < expiresAt) watch(connection);
    else connection.end('IDENTITY_EXPIRED', 'Sign in again: the identity of this connection has expired.');
  });

  function watch(connection: SessionConnection): void {
    const before = timers.get(connection);
    clearTimeout(before);
    const expiresAt = connection.identity?.expiresAt;
    if (expiresAt === undefined || connection.isClosed) return;
    const remainingMs = Math.max(expiresAt - Date.now(), 0);
    const delayMs = Math.min(remainingMs, MAX_TIMER_MS);
    timers.set(connection, setTimeout(onTime, delayMs, connection, expiresAt).unref());
    if (before) return;
    connection.closed.addEventListener('abort', () => clearTimeout(timers.get(connection)), { once: true });
  }

  return watch;
}

/** Keeps the identities of connections; `authentication` is left out on a server that does not authenticate. */
export function createSessions(authentication: Authentication | undefined): Sessions {
  /** What each identity was proved with: every connection has an identity object of its own. */
  const handshakes = new WeakMap<Identity, Handshake>();
  const asking = new WeakSet<SessionConnection>();
  const watch = createExpiry();

  const identify = async (handshake: Handshake): Promise<Identity | undefined> => {
    if (!authentication) return undefined;
    const identity = await authentication(handshake);
    handshakes.set(identity, handshake);
    return identity;
  };

  async function renew(handshake: Handshake, entityId: string | undefined): Promise<Identity | undefined> {
    const identity = await identify(handshake);
    if (identity?.entityId === entityId) return identity;
    throw new WirepactError(
      'UNAUTHENTICATED',
      'These credentials are somebody else’s: to sign in as another entity, connect anew.',
    );
  }

  return {
    identify,

    open: watch,

    async reauthenticate(connection, auth) {
      const { identity: before } = connection;
      const handshake = before && handshakes.get(before);
      // Where nobody is signed in, there is nothing to renew.
      if (!handshake) return {};
      if (asking.has(connection)) throw retryable('OVERLOADED', 'This connection is authenticating already.');
      asking.add(connection);
      try {
        const identity = await renew({ ...handshake, auth }, before.entityId);
        connection.identity = identity;
        watch(connection);
        const expiresAt = identity?.expiresAt;
        return expiresAt === undefined ? {} : { expiresAt };
      } finally {
        asking.delete(connection);
      }
    },
  };
}
