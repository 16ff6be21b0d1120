import type { EventRegistry } from '@wirepact/contract/runtime';
import type * as runtime from '../runtime/ports/connection';
import type { Handshake } from '../runtime/ports/identity';
import type { Connection } from './ports/connection';

const MAX_AGENT_ID_LENGTH = 256;

/** The agent named in the handshake: `auth.agentId`, else the query's. */
function toAgentId({ auth, query }: Handshake): string | undefined {
  const agentId = auth.agentId ?? query.agentId;
  return typeof agentId === 'string' && agentId !== '' && agentId.length <= MAX_AGENT_ID_LENGTH
    ? agentId
    : undefined;
}

/** The agent named in a handshake, as an event tells it; empty where none is. */
export function agentOf(handshake: Handshake): { agentId?: string } {
  const agentId = toAgentId(handshake);
  return agentId === undefined ? {} : { agentId };
}

/** A connection that speaks the chat: the same one, with what only the chat knows of it. */
export const toChatConnection = <Events extends EventRegistry>(
  connection: runtime.Connection<Events>,
): Connection<Events> => Object.assign(connection, { agentId: toAgentId(connection.handshake) });
