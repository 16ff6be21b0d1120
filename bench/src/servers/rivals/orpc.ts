import { createServer } from 'node:http';
import { EventPublisher, os } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import { createMessage } from '../chat-message';
import { listen } from '../listen';
import { channelSchema, messageSchema } from './message-schema';

/** As many as can be under way: the default of 100 would lose messages of a busy channel. */
const publisher = new EventPublisher<Record<string, ReturnType<typeof createMessage>>>({
  maxBufferedEvents: 10_000,
});

const router = {
  messages: os.input(channelSchema).handler(async function* ({ input, signal }) {
    for await (const message of publisher.subscribe(input.channelId, { signal })) yield message;
  }),
  send: os.input(messageSchema).handler(({ input }) => {
    const message = createMessage(input);
    publisher.publish(input.channelId, message);
    return { messageId: message.id, createdAt: message.createdAt };
  }),
};

/** oRPC over websockets: messages of a channel are an event iterator, sending is a procedure; zod checks what comes in. */
export function startOrpc(): Promise<number> {
  const httpServer = createServer();
  const handler = new RPCHandler(router);
  new WebSocketServer({ server: httpServer }).on('connection', (socket) => {
    void handler.upgrade(socket, { context: {} });
  });
  return listen(httpServer);
}
