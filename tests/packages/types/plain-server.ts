import { findPayloadError } from '@wirepact/contract/runtime';
import {
  type ClientToServerEvents,
  errors,
  protocol,
  type SendMessage,
  type ServerToClientEvents,
} from '@wirepact/protocol';
import { Server } from 'socket.io';

const send = (message: SendMessage): string => message.text;

/** A Socket.IO server of one's own that takes the types, and checks payloads itself. */
export const io = new Server<ClientToServerEvents, ServerToClientEvents>();

io.on('connection', (socket) => {
  socket.on('send_message', async (payload, answer) => {
    const fault = await findPayloadError(protocol.clientToServer.send_message, payload);
    if (fault) {
      answer?.({ ok: false, error: fault.toWire() });
      return;
    }
    const text: string = send(payload);
    // @ts-expect-error The text is no number.
    const wrong: number = payload.text;
    socket.emit('messageError', { error: `${errors.FORBIDDEN.description} ${text} ${wrong}` });
    // @ts-expect-error There is no such event.
    socket.emit('messageLost', {});
    // @ts-expect-error The channel is missing.
    socket.emit('channel_joined', { message: 'Welcome.' });
  });
});
