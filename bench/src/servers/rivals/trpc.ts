import { EventEmitter, on } from 'node:events';
import { createServer } from 'node:http';
import { initTRPC } from '@trpc/server';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import { WebSocketServer } from 'ws';
import { createMessage } from '../chat-message';
import { listen } from '../listen';
import { channelSchema, messageSchema } from './message-schema';

const t = initTRPC.create();
const channels = new EventEmitter().setMaxListeners(0);

const router = t.router({
  messages: t.procedure.input(channelSchema).subscription(async function* ({ input, signal }) {
    for await (const [message] of on(channels, input.channelId, { signal })) {
      yield message as ReturnType<typeof createMessage>;
    }
  }),
  send: t.procedure.input(messageSchema).mutation(({ input }) => {
    const message = createMessage(input);
    channels.emit(input.channelId, message);
    return { messageId: message.id, createdAt: message.createdAt };
  }),
});

/** tRPC over websockets: messages of a channel are a subscription, sending is a mutation; zod checks what comes in. */
export function startTrpc(): Promise<number> {
  const httpServer = createServer();
  applyWSSHandler({ wss: new WebSocketServer({ server: httpServer }), router });
  return listen(httpServer);
}
