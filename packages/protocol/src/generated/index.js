// wirepact-chat 1.2.0, built by Wirepact. Do not edit: change the contract and build it again.
import { createPayloadSchema } from '@wirepact/contract/runtime';
import * as checks from './checks.js';

export { errors } from './errors.js';

/** What is wrong with a payload is only listed where something is: until then the lister is not loaded. */
const schema = (check) =>
  check &&
  createPayloadSchema({ check, issues: async (value) => (await import('./issues.js')).listIssues(check, value) });
const event = (payload, reply, [maxDepth, maxProperties, maxSize] = [16, 128, 131072], rest) => ({
  payload: schema(payload),
  reply: schema(reply),
  limits: { maxDepth, maxProperties, maxSize },
  ...rest,
});

export const protocol = {
  name: "wirepact-chat",
  version: "1.2.0",
  clientToServer: {
    join_channel: event(checks.JoinChannel, checks.JoinChannelReply, [8, 64, 16384], {"deprecatedFields":{"/roomId":"Use `channelId`, which wins where both are given."}}),
    send_message: event(checks.SendMessage, checks.SendMessageReply, [12, 64, 262144]),
    subscribe_logs: event(undefined, checks.SubscribeLogsReply),
    unsubscribe_logs: event(undefined, checks.UnsubscribeLogsReply),
    set_log_filter: event(checks.LogFilter, checks.LogFilter, [2, 16, 2048]),
    heartbeat: event(undefined, checks.HeartbeatReply),
    leave_channel: event(checks.LeaveChannel, checks.LeaveChannelReply),
    list_messages: event(checks.ListMessages, checks.ListMessagesReply, [2, 16, 1024]),
    delete_message: event(checks.DeleteMessage, checks.DeleteMessageReply),
    clear_channel: event(checks.ClearChannel, checks.ClearChannelReply),
    update_channel: event(checks.UpdateChannel, checks.UpdateChannelReply, [10, 64, 32768]),
    delete_channel: event(checks.DeleteChannel, checks.DeleteChannelReply),
    authenticate: event(checks.Authenticate, checks.AuthenticateReply, [6, 32, 16384]),
  },
  serverToClient: {
    connection_established: event(checks.ConnectionEstablished),
    channel_joined: event(checks.JoinedChannel),
    room_joined: event(checks.JoinedChannel, undefined, undefined, {"deprecated":"Use `channel_joined`."}),
    messageBroadcast: event(checks.BroadcastMessage, undefined, [16, 128, 524288]),
    messageAck: event(checks.MessageAck),
    messageError: event(checks.MessageError),
    messageComplete: event(checks.MessageComplete),
    messageDeleted: event(checks.MessageDeleted),
    channelCleared: event(checks.ChannelCleared),
    channelUpdated: event(checks.ChannelUpdated),
    channelDeleted: event(checks.ChannelDeleted),
    log_subscription_confirmed: event(checks.LogSubscriptionConfirmed),
    log_update: event(checks.LogEntry),
    connection_ended: event(checks.ConnectionEnded),
    channel_left: event(checks.ChannelLeft),
  },
};
