import type { Connection } from './connection';

/** What {@link startHeartbeat} needs. */
export interface HeartbeatOptions {
  readonly connection: Connection;
  /** Milliseconds between an answer and the next heartbeat; 0 turns heartbeats off. */
  readonly intervalMs: number;
  /** Milliseconds to wait for an answer. */
  readonly timeoutMs: number;
}

/** Measures the round trip right after every connect and then at an interval, while connected. */
export function startHeartbeat({ connection, intervalMs, timeoutMs }: HeartbeatOptions): void {
  if (intervalMs <= 0) return;
  let socketId: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const beat = async (session: string) => {
    const sentAt = performance.now();
    const deadline = new AbortController();
    timer = setTimeout(() => deadline.abort(), timeoutMs);
    // Any answer is a round trip; without one there is no latency to tell, and nothing else to do.
    const exchange = await connection
      .exchange({ event: 'heartbeat', args: [], timeoutMs, signal: deadline.signal })
      .catch(() => undefined);
    if (session !== socketId) return;
    if (exchange?.status === 'answered') connection.setLatency(performance.now() - sentAt);
    clearTimeout(timer);
    timer = setTimeout(() => void beat(session), intervalMs);
  };

  connection.state.subscribe((state) => {
    if (state.socketId === socketId) return;
    socketId = state.socketId;
    clearTimeout(timer);
    if (socketId) void beat(socketId);
  });
}
