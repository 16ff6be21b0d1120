import { createClientError } from '../base/client-errors';
import type { Connection } from './connection';

/** What {@link startHeartbeat} needs. */
export interface HeartbeatOptions {
  readonly connection: Connection;
  /** Name of the event. */
  readonly event: string;
  /** Milliseconds between an answer and the next heartbeat; 0 turns heartbeats off. */
  readonly intervalMs: number;
  /** Milliseconds to wait for an answer. */
  readonly timeoutMs: number;
  /** Whether the server has said that it answers heartbeats. */
  readonly isPromised: () => boolean | undefined;
}

const toTenths = (value: number) => Math.round(value * 10) / 10;

/**
 * Measures the round trip right after every connect and then at an interval, while connected. A connection on
 * which no answer comes any more is dropped, and so replaced.
 */
export function startHeartbeat({
  connection,
  event,
  intervalMs,
  timeoutMs,
  isPromised,
}: HeartbeatOptions): void {
  if (intervalMs <= 0) return;
  let socketId: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether this server has answered a heartbeat: one of version 1.0 does not know them. */
  let isAnswered = false;

  const beat = async (session: string) => {
    const sentAt = performance.now();
    const deadline = new AbortController();
    timer = setTimeout(() => deadline.abort(), timeoutMs);
    const exchange = await connection
      .exchange({ event, args: [], timeoutMs, signal: deadline.signal })
      .catch(() => undefined);
    if (session !== socketId) return;
    clearTimeout(timer);
    if (exchange?.status === 'answered') {
      isAnswered = true;
      connection.setLatency(toTenths(performance.now() - sentAt));
    } else if (deadline.signal.aborted && (isAnswered || isPromised())) {
      // The connection is dead and does not know it yet, or nobody serves it.
      connection.drop(
        createClientError('DISCONNECTED', `The server has not answered a heartbeat within ${timeoutMs} ms.`),
      );
      return;
    }
    timer = setTimeout(() => void beat(session), intervalMs);
  };

  connection.state.subscribe((state) => {
    if (state.socketId === socketId) return;
    socketId = state.socketId;
    clearTimeout(timer);
    if (socketId) void beat(socketId);
  });
}
