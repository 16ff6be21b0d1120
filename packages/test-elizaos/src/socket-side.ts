import type { Server, Socket } from 'socket.io';
import type { ElizaosOptions } from './elizaos-options';
import type { LogSide } from './log-side';
import { DEFAULT_SERVER, isUuid, type Payload, type Store } from './store';

/** What the parts of the server have in common. */
export interface Context {
  readonly io: Server;
  readonly store: Store;
  readonly logs: LogSide;
  readonly options: ElizaosOptions;
}

const MISSING =
  'For SEND_MESSAGE: channelId, messageServerId (message_server_id), senderId (author_id), and message are required.';

const isObject = (value: unknown): value is Payload => typeof value === 'object' && value !== null;
const fail = (socket: Socket, error: string) => socket.emit('messageError', { error });
const wordsOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));

function join({ store, options }: Context, socket: Socket, payload: Payload): void {
  const channelId = payload.channelId || payload.roomId;
  if (!channelId) {
    fail(socket, 'channelId is required for joining.');
    return;
  }
  const entityId: string = socket.data.entityId;
  if (options.isIsolated && !store.participants.get(String(channelId))?.has(entityId)) {
    fail(socket, "Access denied: You don't have permission to join this channel");
    return;
  }
  // No check of what it is: any value names a room.
  void socket.join(channelId as string);
  const { agentId } = payload;
  const message = `Socket ${socket.id} successfully joined channel ${channelId}.`;
  const reply = { message, channelId, roomId: channelId, ...(agentId ? { agentId } : {}) };
  socket.emit('channel_joined', reply);
  socket.emit('room_joined', reply);
}

/** Creates the channel of a message where there is none; the words of the failure where that is not possible. */
function prepareChannel({ store }: Context, channelId: string, payload: Payload): string | undefined {
  const { messageServerId, senderId } = payload;
  if (store.channels.has(channelId)) return undefined;
  if (messageServerId !== DEFAULT_SERVER) return `Server ${messageServerId} does not exist`;
  const metadata = isObject(payload.metadata) ? payload.metadata : {};
  const isDm = metadata.isDm || metadata.channelType === 'DM';
  const other = metadata.targetUserId ?? metadata.recipientId;
  const channel = {
    ...{ id: channelId, messageServerId: DEFAULT_SERVER, metadata, type: isDm ? 'DM' : 'GROUP' },
    name: `${isDm ? 'DM' : 'Chat'} ${channelId.slice(0, 8)}`,
  };
  store.addChannel(channel, [String(senderId), ...(isDm && isUuid(other) ? [other] : [])]);
  return undefined;
}

async function send(context: Context, socket: Socket, payload: Payload): Promise<void> {
  const channelId = payload.channelId || payload.roomId;
  const { senderId, message, messageServerId, senderName, source, attachments, messageId } = payload;
  if (!isUuid(channelId) || !isUuid(senderId) || !isUuid(messageServerId) || !message) {
    fail(socket, MISSING);
    return;
  }
  const failure = prepareChannel(context, channelId, payload);
  if (failure) {
    fail(socket, failure);
    return;
  }
  const given = isObject(payload.metadata) ? payload.metadata : {};
  const sourceType = String(source || 'socketio_client');
  try {
    const row = await context.store.addMessage({
      ...{ channelId, authorId: senderId, content: message, rawMessage: { ...payload }, sourceType },
      sourceId: messageId ?? `socketio-${Date.now()}`,
      metadata: {
        ...given,
        user_display_name: senderName,
        socket_id: socket.id,
        messageServerId,
        attachments,
      },
    });
    const broadcast = {
      ...{ id: row.id, senderId, senderName: senderName || 'User', text: message },
      ...{ channelId, roomId: channelId, messageServerId, createdAt: Date.parse(row.createdAt) },
      ...{ source: sourceType, attachments },
    };
    socket.to(channelId).emit('messageBroadcast', broadcast);
    socket.emit('messageBroadcast', { ...broadcast, clientMessageId: messageId });
    socket.emit('messageAck', {
      ...{ clientMessageId: messageId, messageId: row.id, channelId, roomId: channelId },
      status: 'received_by_server_and_processing',
    });
  } catch (cause) {
    fail(socket, `Error processing your message: ${wordsOf(cause)}`);
  }
}

/** What is sent by `message`; everything else than a join and a message is dropped without a word, as are bad payloads. */
function act(context: Context, socket: Socket, type: unknown, payload: unknown): void {
  if (payload === null || payload === undefined) return;
  // A text has no fields, so what is required is missing.
  const fields = isObject(payload) ? payload : {};
  if (type === 1) join(context, socket, fields);
  else if (type === 2) void send(context, socket, fields);
}

function refuse(socket: Socket, { apiKey }: ElizaosOptions): Error | undefined {
  const { auth, headers } = socket.handshake;
  if (apiKey !== undefined && (auth.apiKey || headers['x-api-key']) !== apiKey)
    return new Error('Invalid or missing API Key');
  return isUuid(auth.entityId) ? undefined : new Error('Valid entityId required');
}

/** Serves sockets. Nothing is ever acknowledged. */
export function serveSockets(context: Context): void {
  const { io, logs, options } = context;
  io.use((socket, next) => {
    const refusal = refuse(socket, options);
    socket.data.entityId = socket.handshake.auth.entityId;
    next(refusal);
  });
  io.on('connection', (socket) => {
    socket.emit('authenticated', { entityId: socket.data.entityId, timestamp: Date.now() });
    socket.on('1', (payload: unknown) => act(context, socket, 1, payload));
    socket.on('2', (payload: unknown) => act(context, socket, 2, payload));
    socket.on('message', (data: unknown) => {
      if (isObject(data)) act(context, socket, data.type, data.payload);
    });
    logs.serve(socket);
    const message = 'Connected to Eliza Socket.IO server';
    socket.emit('connection_established', { message, socketId: socket.id });
  });
}
