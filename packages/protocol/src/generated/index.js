// wirepact-chat 1.2.0, built by Wirepact. Do not edit: change the contract and build it again.
import { createPayloadSchema } from '@wirepact/contract/runtime';
import * as checks from './checks.js';

export { errors } from './errors.js';

/** What is wrong with a payload is only listed where something is: until then the lister is not loaded. */
const schema = (check) =>
  check &&
  createPayloadSchema({ check, issues: async (value) => (await import('./issues.js')).listIssues(check, value) });
const event = (payload, reply, bounds, rest) => {
  const [maxDepth, maxProperties, maxSize] = bounds ?? (payload ? [16, 128, 131072] : [4, 32, 1024]);
  return { payload: schema(payload), reply: schema(reply), limits: { maxDepth, maxProperties, maxSize }, ...rest };
};
const error = (retryable, data) => ({ retryable, ...(data && { data: schema(data) }) });
const room0 = {"name":"channel","property":"channelId","fallback":"roomId"};
const room1 = {"name":"channel","property":"channelId"};
const room2 = {"name":"channel","property":"roomId"};

export const protocol = {
  name: "wirepact-chat",
  version: "1.2.0",
  errors: {
    CHANNEL_NOT_FOUND: error(false),
    AGENT_NOT_FOUND: error(false),
    MESSAGE_NOT_FOUND: error(false),
    CHANNEL_LIMIT_REACHED: error(true),
    TOO_MANY_CHANNELS: error(false),
    PROPERTIES_TOO_LARGE: error(false),
    STORE_UNAVAILABLE: error(true),
    AGENT_FAILED: error(true),
    AGENT_TIMEOUT: error(true),
    AGENT_LOST: error(true),
    RESPONSE_CANCELLED: error(false),
  },
  presence: {
    channel: schema(checks.ChannelPresence),
  },
  clientToServer: {
    join_channel: event(checks.JoinChannel, checks.JoinChannelReply, [8, 64, 16384], { room: room0, actor: "entityId", deprecatedFields: {"/roomId":"Use `channelId`, which wins where both are given."} }),
    send_message: event(checks.SendMessage, checks.SendMessageReply, [12, 64, 262144], { room: room1, actor: "entityId" }),
    subscribe_logs: event(undefined, checks.SubscribeLogsReply),
    unsubscribe_logs: event(undefined, checks.UnsubscribeLogsReply),
    set_log_filter: event(checks.LogFilter, checks.LogFilter, [2, 16, 2048]),
    heartbeat: event(undefined, checks.HeartbeatReply),
    leave_channel: event(checks.LeaveChannel, checks.LeaveChannelReply, undefined, { room: room1 }),
    list_messages: event(checks.ListMessages, checks.ListMessagesReply, [2, 16, 1024], { room: room1, actor: "entityId" }),
    delete_message: event(checks.DeleteMessage, checks.DeleteMessageReply, undefined, { room: room1 }),
    clear_channel: event(checks.ClearChannel, checks.ClearChannelReply, undefined, { room: room1 }),
    update_channel: event(checks.UpdateChannel, checks.UpdateChannelReply, [10, 64, 32768], { room: room1 }),
    delete_channel: event(checks.DeleteChannel, checks.DeleteChannelReply, undefined, { room: room1 }),
    authenticate: event(checks.Authenticate, checks.AuthenticateReply, [6, 32, 16384]),
    cancel_response: event(checks.CancelResponse, checks.CancelResponseReply, undefined, { room: room1 }),
    watch_presence: event(checks.WatchPresence, undefined, undefined, { room: room1 }),
    update_presence: event(checks.UpdatePresence, checks.UpdatePresenceReply, [8, 64, 2048], { room: room1 }),
    begin_answer: event(checks.BeginAnswer, checks.BeginAnswerReply, undefined, { room: room1, actor: "entityId" }),
    continue_answer: event(checks.ContinueAnswer, checks.ContinueAnswerReply, [16, 800, 262144], { room: room1, actor: "entityId" }),
  },
  serverToClient: {
    connection_established: event(checks.ConnectionEstablished),
    channel_joined: event(checks.JoinedChannel),
    room_joined: event(checks.JoinedChannel, undefined, undefined, { deprecated: "Use `channel_joined`." }),
    messageBroadcast: event(checks.BroadcastMessage, undefined, [16, 128, 524288], { room: room2 }),
    messageAck: event(checks.MessageAck),
    messageError: event(checks.MessageError),
    messageComplete: event(checks.MessageComplete, undefined, undefined, { room: room1 }),
    messageDeleted: event(checks.MessageDeleted, undefined, undefined, { room: room1 }),
    channelCleared: event(checks.ChannelCleared, undefined, undefined, { room: room1 }),
    channelUpdated: event(checks.ChannelUpdated, undefined, undefined, { room: room1 }),
    channelDeleted: event(checks.ChannelDeleted, undefined, undefined, { room: room1 }),
    log_subscription_confirmed: event(checks.LogSubscriptionConfirmed),
    log_update: event(checks.LogEntry),
    connection_ended: event(checks.ConnectionEnded),
    channel_left: event(checks.ChannelLeft),
    messageStreamChunk: event(checks.MessageStreamChunk, undefined, [16, 128, 262144], { room: room1 }),
    messageStreamError: event(checks.MessageStreamError, undefined, undefined, { room: room1 }),
    presence_changed: event(checks.PresenceChanged, undefined, [16, 128, 4194304], { room: room1 }),
  },
};
