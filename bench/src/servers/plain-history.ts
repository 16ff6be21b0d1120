import { randomUUID } from 'node:crypto';
import type { Socket } from 'socket.io';
import { SERVER_ID, TEXT } from '../chat-load';

const MESSAGES = 10_000;

let history: object[] | undefined;

/** Messages as clients see them, in memory; made when first asked for, so that nobody else carries them. */
function readHistory(channelId: string, epoch: string): object[] {
  history ??= Array.from({ length: MESSAGES }, (_, index) => ({
    id: randomUUID(),
    senderId: 'user-123',
    senderName: 'John Doe',
    text: TEXT,
    roomId: channelId,
    serverId: SERVER_ID,
    createdAt: Date.now(),
    source: 'socketio_client',
    seq: index + 1,
    epoch,
  }));
  return history;
}

/** Sends a socket everything there is, one event after the other. */
export function emitHistory(socket: Socket, channelId: string, epoch: string): void {
  for (const message of readHistory(channelId, epoch)) socket.emit('messageBroadcast', message);
}
