/** Agents that joins may have named in one channel. */
const MAX_AGENTS = 32;

/** A channel's agents with this one: the same list where it is among them, `undefined` where there is no room for it. */
export function withAgent(agentIds: readonly string[], agentId: string): readonly string[] | undefined {
  if (agentIds.includes(agentId)) return agentIds;
  return agentIds.length < MAX_AGENTS ? [...agentIds, agentId] : undefined;
}
