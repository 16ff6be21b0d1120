// wirepact-chat 1.1.0, built by Wirepact. Do not edit: change the contract and build it again.
import { createPayloadSchema } from '@wirepact/contract/runtime';
import * as checks from './checks.js';

export { errors } from './errors.js';

/** What is wrong with a payload is only listed where something is: until then the lister is not loaded. */
const schema = (check, name) =>
  createPayloadSchema({ check, issues: async (value) => (await import('./issues.js'))[name](value) });
const event = (payload, reply, maxDepth, maxProperties, maxSize, rest) => ({
  payload,
  reply,
  limits: { maxDepth, maxProperties, maxSize },
  ...rest,
});

const JoinChannelSchema = /* @__PURE__ */ schema(checks.JoinChannel, 'JoinChannel');
const JoinChannelReplySchema = /* @__PURE__ */ schema(checks.JoinChannelReply, 'JoinChannelReply');
const SendMessageSchema = /* @__PURE__ */ schema(checks.SendMessage, 'SendMessage');
const SendMessageReplySchema = /* @__PURE__ */ schema(checks.SendMessageReply, 'SendMessageReply');
const SubscribeLogsReplySchema = /* @__PURE__ */ schema(checks.SubscribeLogsReply, 'SubscribeLogsReply');
const UnsubscribeLogsReplySchema = /* @__PURE__ */ schema(checks.UnsubscribeLogsReply, 'UnsubscribeLogsReply');
const LogFilterSchema = /* @__PURE__ */ schema(checks.LogFilter, 'LogFilter');
const HeartbeatReplySchema = /* @__PURE__ */ schema(checks.HeartbeatReply, 'HeartbeatReply');
const LeaveChannelSchema = /* @__PURE__ */ schema(checks.LeaveChannel, 'LeaveChannel');
const LeaveChannelReplySchema = /* @__PURE__ */ schema(checks.LeaveChannelReply, 'LeaveChannelReply');
const ListMessagesSchema = /* @__PURE__ */ schema(checks.ListMessages, 'ListMessages');
const ListMessagesReplySchema = /* @__PURE__ */ schema(checks.ListMessagesReply, 'ListMessagesReply');
const DeleteMessageSchema = /* @__PURE__ */ schema(checks.DeleteMessage, 'DeleteMessage');
const DeleteMessageReplySchema = /* @__PURE__ */ schema(checks.DeleteMessageReply, 'DeleteMessageReply');
const ClearChannelSchema = /* @__PURE__ */ schema(checks.ClearChannel, 'ClearChannel');
const ClearChannelReplySchema = /* @__PURE__ */ schema(checks.ClearChannelReply, 'ClearChannelReply');
const UpdateChannelSchema = /* @__PURE__ */ schema(checks.UpdateChannel, 'UpdateChannel');
const UpdateChannelReplySchema = /* @__PURE__ */ schema(checks.UpdateChannelReply, 'UpdateChannelReply');
const DeleteChannelSchema = /* @__PURE__ */ schema(checks.DeleteChannel, 'DeleteChannel');
const DeleteChannelReplySchema = /* @__PURE__ */ schema(checks.DeleteChannelReply, 'DeleteChannelReply');
const ConnectionEstablishedSchema = /* @__PURE__ */ schema(checks.ConnectionEstablished, 'ConnectionEstablished');
const JoinedChannelSchema = /* @__PURE__ */ schema(checks.JoinedChannel, 'JoinedChannel');
const BroadcastMessageSchema = /* @__PURE__ */ schema(checks.BroadcastMessage, 'BroadcastMessage');
const MessageAckSchema = /* @__PURE__ */ schema(checks.MessageAck, 'MessageAck');
const MessageErrorSchema = /* @__PURE__ */ schema(checks.MessageError, 'MessageError');
const MessageCompleteSchema = /* @__PURE__ */ schema(checks.MessageComplete, 'MessageComplete');
const MessageDeletedSchema = /* @__PURE__ */ schema(checks.MessageDeleted, 'MessageDeleted');
const ChannelClearedSchema = /* @__PURE__ */ schema(checks.ChannelCleared, 'ChannelCleared');
const ChannelUpdatedSchema = /* @__PURE__ */ schema(checks.ChannelUpdated, 'ChannelUpdated');
const ChannelDeletedSchema = /* @__PURE__ */ schema(checks.ChannelDeleted, 'ChannelDeleted');
const LogSubscriptionConfirmedSchema = /* @__PURE__ */ schema(checks.LogSubscriptionConfirmed, 'LogSubscriptionConfirmed');
const LogEntrySchema = /* @__PURE__ */ schema(checks.LogEntry, 'LogEntry');

export const protocol = {
  name: "wirepact-chat",
  version: "1.1.0",
  clientToServer: {
    join_channel: event(JoinChannelSchema, JoinChannelReplySchema, 8, 64, 16384, {"deprecatedFields":{"/roomId":"Use `channelId`, which wins where both are given."}}),
    send_message: event(SendMessageSchema, SendMessageReplySchema, 12, 64, 262144),
    subscribe_logs: event(undefined, SubscribeLogsReplySchema, 16, 128, 131072),
    unsubscribe_logs: event(undefined, UnsubscribeLogsReplySchema, 16, 128, 131072),
    set_log_filter: event(LogFilterSchema, LogFilterSchema, 2, 16, 2048),
    heartbeat: event(undefined, HeartbeatReplySchema, 16, 128, 131072),
    leave_channel: event(LeaveChannelSchema, LeaveChannelReplySchema, 16, 128, 131072),
    list_messages: event(ListMessagesSchema, ListMessagesReplySchema, 2, 16, 1024),
    delete_message: event(DeleteMessageSchema, DeleteMessageReplySchema, 16, 128, 131072),
    clear_channel: event(ClearChannelSchema, ClearChannelReplySchema, 16, 128, 131072),
    update_channel: event(UpdateChannelSchema, UpdateChannelReplySchema, 10, 64, 32768),
    delete_channel: event(DeleteChannelSchema, DeleteChannelReplySchema, 16, 128, 131072),
  },
  serverToClient: {
    connection_established: event(ConnectionEstablishedSchema, undefined, 16, 128, 131072),
    channel_joined: event(JoinedChannelSchema, undefined, 16, 128, 131072),
    room_joined: event(JoinedChannelSchema, undefined, 16, 128, 131072, {"deprecated":"Use `channel_joined`."}),
    messageBroadcast: event(BroadcastMessageSchema, undefined, 16, 128, 131072),
    messageAck: event(MessageAckSchema, undefined, 16, 128, 131072),
    messageError: event(MessageErrorSchema, undefined, 16, 128, 131072),
    messageComplete: event(MessageCompleteSchema, undefined, 16, 128, 131072),
    messageDeleted: event(MessageDeletedSchema, undefined, 16, 128, 131072),
    channelCleared: event(ChannelClearedSchema, undefined, 16, 128, 131072),
    channelUpdated: event(ChannelUpdatedSchema, undefined, 16, 128, 131072),
    channelDeleted: event(ChannelDeletedSchema, undefined, 16, 128, 131072),
    log_subscription_confirmed: event(LogSubscriptionConfirmedSchema, undefined, 16, 128, 131072),
    log_update: event(LogEntrySchema, undefined, 16, 128, 131072),
  },
};
