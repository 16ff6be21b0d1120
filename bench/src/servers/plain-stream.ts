import { randomUUID } from 'node:crypto';
import type { Server } from 'socket.io';
import { SERVER_ID } from '../chat-load';
import { sayChunks } from './paced';

/** Emits an answer to a room chunk by chunk, then its message and its end: packet for packet what the chat server sends. */
export async function emitAnswer(io: Server, channelId: string, question: string, chunks: number) {
  const room = io.to(channelId);
  const agentId = SERVER_ID;
  const answer = {
    messageId: randomUUID(),
    channelId,
    agentId,
    senderName: 'Ada',
    inReplyToMessageId: question,
  };
  let index = 0;
  let text = '';
  const emit = (chunk: string) => {
    room.emit('messageStreamChunk', { ...answer, index, offset: text.length, chunk });
    index += 1;
    text += chunk;
  };
  emit('');
  for await (const chunk of sayChunks(chunks)) emit(chunk);
  room.emit('messageBroadcast', {
    ...{ id: answer.messageId, senderId: agentId, senderName: 'Ada', text, roomId: channelId },
    ...{ serverId: SERVER_ID, createdAt: Date.now(), source: 'agent_response', inReplyToMessageId: question },
  });
  room.emit('messageComplete', {
    ...{ channelId, serverId: SERVER_ID, inReplyToMessageId: question, messageId: answer.messageId },
  });
}
