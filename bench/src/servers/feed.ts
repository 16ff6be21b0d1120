import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { SERVER_ID, TEXT } from '../chat-load';
import { listen } from './listen';

const EPOCH = 'one';

interface Payload {
  channelId: string;
  text: string;
}

type Acknowledge = (answer: unknown) => void;

/** An id that no other message has. */
const toId = (seq: number) => `00000000-0000-4000-8000-${String(seq).padStart(12, '0')}`;

/** Sends whoever asks as many messages as its text says, as fast as it can, and then acknowledges. */
export function startFeed(): Promise<number> {
  const httpServer = createServer();
  const counts = new Map<string, number>();
  new Server(httpServer).on('connection', (socket) => {
    socket.on('join_channel', ({ channelId }: Payload, acknowledge: Acknowledge) =>
      acknowledge({ ok: true, data: { channelId, epoch: EPOCH, seq: counts.get(channelId) ?? 0 } }),
    );
    socket.on('send_message', ({ channelId, text }: Payload, acknowledge: Acknowledge) => {
      const first = counts.get(channelId) ?? 0;
      const last = first + Number(text);
      counts.set(channelId, last);
      const common = { senderId: 'user-123', senderName: 'John Doe', text: TEXT, roomId: channelId };
      for (let seq = first + 1; seq <= last; seq += 1) {
        const place = { seq, epoch: EPOCH, serverId: SERVER_ID, createdAt: Date.now() };
        socket.emit('messageBroadcast', { id: toId(seq), ...common, ...place, source: 'socketio_client' });
      }
      acknowledge({ ok: true, data: { messageId: toId(last), createdAt: Date.now() } });
    });
  });
  return listen(httpServer);
}
