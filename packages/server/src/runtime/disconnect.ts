import type { EventRegistry } from '@wirepact/contract/runtime';
import { checkCall } from './call-checks';
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

/** Ends connections as the host wants it; answers with how many. @throws WirepactError `INVALID_OPTIONS` */
export function disconnect(
  connections: readonly Pick<Connection<EventRegistry>, 'end'>[],
  options: string | DisconnectOptions,
): number {
  const how = typeof options === 'string' ? { reason: options } : options;
  checkCall('disconnect', how, CHECKS);
  const { reason, reconnect = false }: DisconnectOptions = how;
  for (const connection of connections) connection.end(reconnect ? 'IDENTITY_EXPIRED' : 'KICKED', reason);
  return connections.length;
}
