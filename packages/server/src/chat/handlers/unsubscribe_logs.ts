import type { ChatHandler } from './chat-context';

/** Ends the sender's log stream. */
export const unsubscribe_logs: ChatHandler<'unsubscribe_logs'> = ({ connection, services }) => {
  services.logs.unsubscribe(connection);
  return { subscribed: false };
};
