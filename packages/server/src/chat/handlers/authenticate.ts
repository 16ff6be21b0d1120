import type { ChatHandler } from './chat-context';

/** Proves anew who the sender is. */
export const authenticate: ChatHandler<'authenticate'> = ({ connection, services }, { auth }) =>
  services.reauthenticate(connection, auth);
