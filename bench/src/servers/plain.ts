import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import { createMessage, type MessagePayload } from './chat-message';
import { listen } from './listen';
import { emitHistory } from './plain-history';
import { emitAnswer } from './plain-stream';

interface JoinPayload {
  channelId: string;
  resume?: { epoch: string };
}

type Acknowledge = (answer: unknown) => void;

function joinChannel(socket: Socket, payload: JoinPayload, acknowledge: Acknowledge): void {
  const { channelId, resume } = payload;
  void socket.join(channelId);
  const joined = { message: `Successfully joined channel ${channelId}.`, channelId, roomId: channelId };
  socket.emit('channel_joined', joined);
  socket.emit('room_joined', joined);
  if (resume) emitHistory(socket, channelId, resume.epoch);
  acknowledge({ ok: true, data: { channelId } });
}

function sendMessage(socket: Socket, payload: MessagePayload, acknowledge: Acknowledge): string {
  const { channelId, messageId: clientMessageId } = payload;
  const message = createMessage(payload);
  const { id, createdAt } = message;
  socket.to(channelId).emit('messageBroadcast', message);
  socket.emit('messageBroadcast', { ...message, clientMessageId });
  socket.emit('messageAck', { clientMessageId, messageId: id, status: 'success' });
  acknowledge({ ok: true, data: { messageId: id, createdAt } });
  return id;
}

/** Serves Socket.IO as it comes, `onConnection` besides. */
function serve(onConnection: (socket: Socket, io: Server) => void): Promise<number> {
  const httpServer = createServer();
  const io = new Server(httpServer);
  io.on('connection', (socket) => onConnection(socket, io));
  return listen(httpServer);
}

/** Shows clients what the chat server shows them; checks, limits and stores nothing. */
export const startPlain = (): Promise<number> =>
  serve((socket) => {
    socket.emit('connection_established', {
      message: 'Connected to Eliza Socket.IO server',
      socketId: socket.id,
    });
    socket.on('join_channel', (payload, acknowledge) => joinChannel(socket, payload, acknowledge));
    socket.on('send_message', (payload, acknowledge) => sendMessage(socket, payload, acknowledge));
  });

/** Answers every message with as many chunks as it asks for. */
export const startPlainAnswering = (): Promise<number> =>
  serve((socket, io) => {
    socket.on('join_channel', (payload, acknowledge) => joinChannel(socket, payload, acknowledge));
    socket.on('send_message', (payload, acknowledge) => {
      const question = sendMessage(socket, payload, acknowledge);
      void emitAnswer(io, payload.channelId, question, Number(payload.text));
    });
  });

/** One packet out for one packet in: the least Socket.IO can do. */
export const startEcho = (): Promise<number> =>
  serve((socket) => {
    socket.on('join_channel', (payload, acknowledge) => joinChannel(socket, payload, acknowledge));
    socket.on('send_message', (_payload, acknowledge) =>
      acknowledge({ ok: true, data: { messageId: randomUUID(), createdAt: Date.now() } }),
    );
  });
