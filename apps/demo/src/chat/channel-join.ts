import { ELIZA_ID } from '../../lobby';

/** How channels are joined: with the agent. */
export const CHANNEL_JOIN = { agentId: ELIZA_ID } as const;
