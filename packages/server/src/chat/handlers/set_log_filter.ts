import type { ChatHandler } from './chat-context';

/** Replaces the sender's log filter. */
export const set_log_filter: ChatHandler<'set_log_filter'> = ({ connection, services }, payload) => {
  const { level, agentId, category } = payload;
  const filter = {
    ...(level !== undefined && { level }),
    ...(agentId !== undefined && { agentId }),
    ...(category !== undefined && { category }),
  };
  services.logs.setFilter(connection, filter);
  return filter;
};
