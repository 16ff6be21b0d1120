import type { EventRegistry } from '@wirepact/contract/runtime';
import type * as runtime from '../../runtime/ports/connection';

/** One client's connection, as handlers and services see it. */
export interface Connection<Events extends EventRegistry> extends runtime.Connection<Events> {
  /** The agent named in the handshake. */
  readonly agentId: string | undefined;
}
