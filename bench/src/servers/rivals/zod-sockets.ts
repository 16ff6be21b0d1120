import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { z } from 'zod';
import { ActionsFactory, attachSockets, createSimpleConfig } from 'zod-sockets';
import { createMessage } from '../chat-message';
import { SILENT_LOGGER } from '../everything-on';
import { listen } from '../listen';

const messageSchema = z.object({
  ...{ id: z.string().uuid(), senderId: z.string(), senderName: z.string(), text: z.string() },
  ...{ roomId: z.string().uuid(), serverId: z.string().uuid(), createdAt: z.number(), source: z.string() },
  clientMessageId: z.string().optional(),
});
const receiptSchema = z.object({ clientMessageId: z.string(), messageId: z.string(), status: z.string() });
const joinedSchema = z.object({ message: z.string(), channelId: z.string(), roomId: z.string() });

const config = createSimpleConfig({
  startupLogo: false,
  emission: {
    messageBroadcast: { schema: z.tuple([messageSchema]) },
    messageAck: { schema: z.tuple([receiptSchema]) },
    channel_joined: { schema: z.tuple([joinedSchema]) },
    room_joined: { schema: z.tuple([joinedSchema]) },
  },
});
const factory = new ActionsFactory(config);

const onJoin = factory.build({
  event: 'join_channel',
  input: z.tuple([z.object({ channelId: z.string().uuid() })]),
  output: z.tuple([z.object({ ok: z.literal(true) })]),
  handler: async ({ input: [{ channelId }], client }) => {
    await client.join(channelId);
    const joined = { message: `Successfully joined channel ${channelId}.`, channelId, roomId: channelId };
    await client.emit('channel_joined', joined);
    await client.emit('room_joined', joined);
    return [{ ok: true }] as const;
  },
});

const onSend = factory.build({
  event: 'send_message',
  input: z.tuple([
    z.object({
      ...{ channelId: z.string().uuid(), serverId: z.string().uuid(), text: z.string().min(1).max(65_536) },
      ...{ entityId: z.string().min(1).max(256), entityName: z.string().min(1).max(256) },
      messageId: z.string().min(1).max(256),
    }),
  ]),
  output: z.tuple([z.object({ ok: z.literal(true), messageId: z.string().uuid(), createdAt: z.number() })]),
  handler: async ({ input: [payload], client, withRooms }) => {
    const message = createMessage(payload);
    const { channelId, messageId: clientMessageId } = payload;
    await withRooms(channelId).broadcast('messageBroadcast', message);
    await client.emit('messageBroadcast', { ...message, clientMessageId });
    await client.emit('messageAck', { clientMessageId, messageId: message.id, status: 'success' });
    return [{ ok: true, messageId: message.id, createdAt: message.createdAt }] as const;
  },
});

/** zod-sockets: Socket.IO whose events are checked in both directions; its log is at level `info`, and goes nowhere. */
export async function startZodSockets(): Promise<number> {
  const httpServer = createServer();
  await attachSockets({
    ...{ io: new Server(), target: httpServer, config, actions: [onJoin, onSend] },
    logger: SILENT_LOGGER,
  });
  return listen(httpServer);
}
