import type { EventRegistry } from '@wirepact/contract/runtime';
import type { Disconnect, DisconnectOptions } from './disconnect';
import type { Broadcaster, Connection } from './ports/connection';

/** Who is connected to this process. */
export interface Connections<Events extends EventRegistry> {
  /** The connections to this process, as they are now. */
  readonly connections: readonly Connection<Events>[];
  /** The connections to this process that are signed in as an entity. */
  connectionsOf(entityId: string): readonly Connection<Events>[];
  /**
   * Ends every connection that is signed in as an entity, and answers with how many there were to this process. Other
   * processes are told where `scaleOut`, or an adapter, joins them, and can be reached now. What `authenticate` says decides
   * whether it may connect again. A string is the `reason`.
   * @throws WirepactError `INVALID_OPTIONS` where the id is no text
   */
  disconnect(entityId: string, options?: string | DisconnectOptions): number;
}

/** Whoever is connected, for a host and its handlers. */
export const createConnections = <Events extends EventRegistry>(
  broadcaster: Pick<Broadcaster<Events>, 'connections' | 'connectionsOf'>,
  disconnect: Disconnect,
): Connections<Events> => ({
  get connections() {
    return broadcaster.connections();
  },
  connectionsOf: (entityId) => broadcaster.connectionsOf(entityId),
  disconnect,
});
