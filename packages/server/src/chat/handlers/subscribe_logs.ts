import type { ChatHandler } from './chat-context';

/** Confirms, then streams the log to the sender. */
export const subscribe_logs: ChatHandler<'subscribe_logs'> = ({ connection, services }) => {
  connection.emit('log_subscription_confirmed', {
    subscribed: true,
    message: 'Successfully subscribed to log stream',
  });
  services.logs.subscribe(connection);
  return { subscribed: true };
};
