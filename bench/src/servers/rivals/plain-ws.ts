import { createServer } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { createMessage, type MessagePayload } from '../chat-message';
import { listen } from '../listen';

/** A frame of a client: an event, and the number that its acknowledgement is to have. */
type Frame =
  | { event: 'join_channel'; id: number; data: { channelId: string } }
  | { event: 'send_message'; id: number; data: MessagePayload };

const rooms = new Map<string, Set<WebSocket>>();

function join(socket: WebSocket, channelId: string): void {
  const members = rooms.get(channelId) ?? new Set();
  rooms.set(channelId, members.add(socket));
  socket.on('close', () => members.delete(socket));
}

function send(socket: WebSocket, payload: MessagePayload) {
  const message = createMessage(payload);
  const { messageId: clientMessageId } = payload;
  const frame = JSON.stringify({ event: 'messageBroadcast', data: message });
  for (const member of rooms.get(payload.channelId) ?? []) {
    if (member !== socket) member.send(frame);
  }
  const receipt = { clientMessageId, messageId: message.id, status: 'success' };
  socket.send(JSON.stringify({ event: 'messageBroadcast', data: { ...message, clientMessageId } }));
  socket.send(JSON.stringify({ event: 'messageAck', data: receipt }));
  return { messageId: message.id, createdAt: message.createdAt };
}

function handle(socket: WebSocket, frame: Frame): void {
  const acknowledge = (data: object) => socket.send(JSON.stringify({ ack: frame.id, data }));
  if (frame.event === 'join_channel') join(socket, frame.data.channelId);
  acknowledge(frame.event === 'join_channel' ? frame.data : send(socket, frame.data));
}

/** `ws` and JSON by hand: the same frames as plain Socket.IO. It checks nothing, and has no heartbeat. */
export function startPlainWs(): Promise<number> {
  const httpServer = createServer();
  new WebSocketServer({ server: httpServer }).on('connection', (socket) => {
    socket.on('message', (data) => handle(socket, JSON.parse(String(data))));
  });
  return listen(httpServer);
}
