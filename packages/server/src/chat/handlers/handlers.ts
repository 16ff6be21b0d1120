import type { Handlers } from '@wirepact/contract/runtime';
import type { Protocol } from '@wirepact/protocol';
import { begin_answer } from './begin_answer';
import { cancel_response } from './cancel_response';
import type { ChatContext } from './chat-context';
import { clear_channel } from './clear_channel';
import { continue_answer } from './continue_answer';
import { delete_channel } from './delete_channel';
import { delete_message } from './delete_message';
import { join_channel } from './join_channel';
import { leave_channel } from './leave_channel';
import { list_messages } from './list_messages';
import { send_message } from './send_message';
import { set_log_filter } from './set_log_filter';
import { subscribe_logs } from './subscribe_logs';
import { unsubscribe_logs } from './unsubscribe_logs';
import { update_channel } from './update_channel';
import { update_presence } from './update_presence';
import { watch_presence } from './watch_presence';

/** The handler of every client-to-server event but those of the session; a missing one does not compile. */
export const handlers = {
  join_channel,
  send_message,
  subscribe_logs,
  unsubscribe_logs,
  set_log_filter,
  leave_channel,
  list_messages,
  delete_message,
  clear_channel,
  update_channel,
  delete_channel,
  cancel_response,
  watch_presence,
  update_presence,
  begin_answer,
  continue_answer,
} satisfies Omit<Handlers<Protocol, ChatContext>, 'heartbeat' | 'authenticate'>;
