import { setTimeout as delay } from 'node:timers/promises';
import type { Ack } from '@wirepact/contract';
import { io, type Socket } from 'socket.io-client';
import type { Position } from './run-record';
import type { Tail, Wire, WireRequest } from './wire';

const TIMEOUT_MS = 10_000;
/** A store that was away may need a moment. */
const MAX_ATTEMPTS = 40;
const RETRY_DELAY_MS = 250;

/** Where a channel stands. */
export interface Head extends Position {
  /** Left out where every member knows numbers. */
  readonly tail: Tail | undefined;
}

type HeadWire = Pick<Wire, 'auth' | 'askPosition' | 'toTail'>;

async function readHead(socket: Socket, request: WireRequest, wire: HeadWire): Promise<Head | undefined> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const asked: Promise<Ack<Position>> = socket.timeout(TIMEOUT_MS).emitWithAck(...request);
    const ack = await asked.catch(() => undefined);
    if (ack?.ok) {
      const { epoch, seq } = ack.data;
      return { epoch, seq, tail: wire.toTail?.(ack.data) };
    }
    if (ack?.error.retryable !== true) return undefined;
    await delay(RETRY_DELAY_MS);
  }
  return undefined;
}

/** Asks a server itself, on a connection without a proxy, for the last position of each channel; none where it is silent. */
export async function readHeads(
  url: string,
  channelIds: readonly string[],
  wire: HeadWire,
): Promise<Map<string, Head>> {
  const socket = io(url, { forceNew: true, transports: ['websocket'], auth: wire.auth('nobody') });
  try {
    const heads = new Map<string, Head>();
    for (const channelId of channelIds) {
      const head = await readHead(socket, wire.askPosition(channelId), wire);
      if (head) heads.set(channelId, head);
    }
    return heads;
  } finally {
    socket.disconnect();
  }
}
