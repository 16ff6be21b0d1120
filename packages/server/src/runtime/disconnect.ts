import type { EventRegistry } from '@wirepact/contract/runtime';
import { checkCall, checkEntityId } from './call-checks';
import { aText, trueOrFalse } from './option-checks';
import type { Connection } from './ports/connection';

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

/** Ends the connections of an entity as the host wants it; answers with how many. @throws WirepactError `INVALID_OPTIONS` */
export function disconnect(
  broadcaster: SignedIn,
  entityId: string,
  options: string | DisconnectOptions = {},
): number {
  checkEntityId('disconnect', entityId);
  const how = typeof options === 'string' ? { reason: options } : options;
  checkCall('disconnect', how, CHECKS);
  const { reason, reconnect = false }: DisconnectOptions = how;
  const connections = broadcaster.connectionsOf(entityId);
  for (const connection of connections) connection.end(reconnect ? 'IDENTITY_EXPIRED' : 'KICKED', reason);
  return connections.length;
}
