/** What the dialect of deployed ElizaOS clients is called. */
export const ELIZAOS = 'elizaos';
