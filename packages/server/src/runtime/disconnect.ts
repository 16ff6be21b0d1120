import type { EventRegistry } from '@wirepact/contract/runtime';
import { checkCall, checkEntityId } from './call-checks';
import { aText, trueOrFalse } from './option-checks';
import type { Connection } from './ports/connection';
import type { Peers } from './ports/peers';

/** How somebody is put out. */
export interface DisconnectOptions {
  /** What the client is told, for a developer to read. */
  readonly reason?: string;
  /**
   * True where the client should come back, with credentials that it asks for again: it is told IDENTITY_EXPIRED.
   * Default false: it is told KICKED, and stays away.
   */
  readonly reconnect?: boolean;
}

const CHECKS = { reason: aText, reconnect: trueOrFalse };

/** Who is connected, by the entity that they are signed in as. */
interface SignedIn {
  connectionsOf(entityId: string): readonly Pick<Connection<EventRegistry>, 'end'>[];
}

/** What puts somebody out, here and in the other processes of a server. */
export type Disconnect = (entityId: string, options?: string | DisconnectOptions) => number;

const TOPIC = 'disconnect';

/**
 * Ends the connections of an entity as the host wants it, and has the other processes do so; answers with how many there were
 * here. What it gives throws WirepactError `INVALID_OPTIONS`.
 */
export function createDisconnect(
  broadcaster: SignedIn,
  peers: Pick<Peers, 'send' | 'onMessage'>,
): Disconnect {
  const end = (entityId: string, { reason, reconnect = false }: DisconnectOptions) => {
    const connections = broadcaster.connectionsOf(entityId);
    for (const connection of connections) connection.end(reconnect ? 'IDENTITY_EXPIRED' : 'KICKED', reason);
    return connections.length;
  };
  peers.onMessage(TOPIC, (message) => {
    const { entityId, reason, reconnect }: Record<string, unknown> = { ...Object(message) };
    if (typeof entityId !== 'string') return;
    const how = { reconnect: reconnect === true };
    end(entityId, typeof reason === 'string' ? { ...how, reason } : how);
  });
  return (entityId, options = {}) => {
    checkEntityId('disconnect', entityId);
    const how: DisconnectOptions = typeof options === 'string' ? { reason: options } : options;
    checkCall('disconnect', how, CHECKS);
    peers.send(TOPIC, { ...how, entityId });
    return end(entityId, how);
  };
}
