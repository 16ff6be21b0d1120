import { ZERO_UUID } from '@wirepact/protocol';
import type { NewStoredChannel } from '../ports/store';

/** A channel with nothing in it but its journal. */
export const emptyChannel = (id: string): NewStoredChannel => ({
  id,
  serverId: ZERO_UUID,
  properties: {},
  agentIds: [],
  createdAt: Date.now(),
});
