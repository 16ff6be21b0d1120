import type { Handlers } from '@wirepact/contract';
import type { Protocol } from '@wirepact/protocol';
import type { ChatContext } from './chat-context';
import { heartbeat } from './heartbeat';
import { join_channel } from './join_channel';
import { send_message } from './send_message';
import { set_log_filter } from './set_log_filter';
import { subscribe_logs } from './subscribe_logs';
import { unsubscribe_logs } from './unsubscribe_logs';

/** The handler of every client-to-server event; a missing one does not compile. */
export const handlers = {
  join_channel,
  send_message,
  subscribe_logs,
  unsubscribe_logs,
  set_log_filter,
  heartbeat,
} satisfies Handlers<Protocol, ChatContext>;
