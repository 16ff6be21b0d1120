import type { ChatHandler } from './chat-context';

/** Answers with the server's clock. */
export const heartbeat: ChatHandler<'heartbeat'> = () => ({ time: Date.now() });
