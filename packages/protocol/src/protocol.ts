/**
 * The declarations that the contract of the chat is built from, for contracts that extend it.
 * @module
 */

import { defineContract } from '@wirepact/contract';
import { channelPresence } from './entities/presence';
import { errors } from './errors';
import { authenticate } from './events/client-to-server/authenticate';
import { begin_answer } from './events/client-to-server/begin_answer';
import { cancel_response } from './events/client-to-server/cancel_response';
import { clear_channel } from './events/client-to-server/clear_channel';
import { continue_answer } from './events/client-to-server/continue_answer';
import { delete_channel } from './events/client-to-server/delete_channel';
import { delete_message } from './events/client-to-server/delete_message';
import { heartbeat } from './events/client-to-server/heartbeat';
import { join_channel } from './events/client-to-server/join_channel';
import { leave_channel } from './events/client-to-server/leave_channel';
import { list_messages } from './events/client-to-server/list_messages';
import { send_message } from './events/client-to-server/send_message';
import { set_log_filter } from './events/client-to-server/set_log_filter';
import { subscribe_logs } from './events/client-to-server/subscribe_logs';
import { unsubscribe_logs } from './events/client-to-server/unsubscribe_logs';
import { update_channel } from './events/client-to-server/update_channel';
import { update_presence } from './events/client-to-server/update_presence';
import { watch_presence } from './events/client-to-server/watch_presence';
import { channel_joined } from './events/server-to-client/channel_joined';
import { channel_left } from './events/server-to-client/channel_left';
import { channelCleared } from './events/server-to-client/channelCleared';
import { channelDeleted } from './events/server-to-client/channelDeleted';
import { channelUpdated } from './events/server-to-client/channelUpdated';
import { connection_ended } from './events/server-to-client/connection_ended';
import { connection_established } from './events/server-to-client/connection_established';
import { log_subscription_confirmed } from './events/server-to-client/log_subscription_confirmed';
import { log_update } from './events/server-to-client/log_update';
import { messageAck } from './events/server-to-client/messageAck';
import { messageBroadcast } from './events/server-to-client/messageBroadcast';
import { messageComplete } from './events/server-to-client/messageComplete';
import { messageDeleted } from './events/server-to-client/messageDeleted';
import { messageError } from './events/server-to-client/messageError';
import { messageStreamChunk } from './events/server-to-client/messageStreamChunk';
import { messageStreamError } from './events/server-to-client/messageStreamError';
import { presence_changed } from './events/server-to-client/presence_changed';
import { room_joined } from './events/server-to-client/room_joined';
import { PROTOCOL_VERSION } from './version';

/**
 * Real-time chat with AI agents: every event on the wire, one line each. This is what the contract is built from, and
 * what a contract that is to be built on top of it extends; at run time `@wirepact/protocol` is the lighter one.
 */
export const protocol = defineContract({
  name: 'wirepact-chat',
  version: PROTOCOL_VERSION,
  errors,
  presence: { channel: channelPresence },
  clientToServer: {
    join_channel,
    send_message,
    subscribe_logs,
    unsubscribe_logs,
    set_log_filter,
    heartbeat,
    leave_channel,
    list_messages,
    delete_message,
    clear_channel,
    update_channel,
    delete_channel,
    authenticate,
    cancel_response,
    watch_presence,
    update_presence,
    begin_answer,
    continue_answer,
  },
  serverToClient: {
    connection_established,
    channel_joined,
    room_joined,
    messageBroadcast,
    messageAck,
    messageError,
    messageComplete,
    messageDeleted,
    channelCleared,
    channelUpdated,
    channelDeleted,
    log_subscription_confirmed,
    log_update,
    connection_ended,
    channel_left,
    messageStreamChunk,
    messageStreamError,
    presence_changed,
  },
});
