import type { Ack } from '@wirepact/contract';
import type { Position } from '@wirepact/protocol';
import { io } from 'socket.io-client';

const TIMEOUT_MS = 10_000;

/** Asks the server itself, on a connection without a proxy, for the last position of each channel; none where it is silent. */
export async function readHeads(url: string, channelIds: readonly string[]): Promise<Map<string, Position>> {
  const socket = io(url, { forceNew: true, transports: ['websocket'] });
  try {
    const heads = new Map<string, Position>();
    for (const channelId of channelIds) {
      const page = { channelId, limit: 1 };
      const asked: Promise<Ack<Position>> = socket.timeout(TIMEOUT_MS).emitWithAck('list_messages', page);
      const ack = await asked.catch(() => undefined);
      if (ack?.ok) heads.set(channelId, { epoch: ack.data.epoch, seq: ack.data.seq });
    }
    return heads;
  } finally {
    socket.disconnect();
  }
}
