import { whenAborted } from '../base/when-aborted';

/** What became of one emitted event: its acknowledgement, or why there is none. */
export type Exchange =
  | { readonly status: 'answered'; readonly answer: unknown }
  /** The connection ended after the event was sent. */
  | { readonly status: 'lost' }
  /** The connection turned out to be dead before the event was sent. */
  | { readonly status: 'unsent' };

/** One event to emit. */
export interface ExchangeRequest {
  readonly event: string;
  readonly args: readonly unknown[];
  /** How long Socket.IO remembers the event, in milliseconds; it must not end before `signal` does. */
  readonly timeoutMs: number;
  /** Ends the wait. */
  readonly signal: AbortSignal;
}

/** What an exchange needs of a Socket.IO socket. */
export interface ExchangeSocket {
  readonly connected: boolean;
  /** What Socket.IO keeps back until it is connected. */
  readonly sendBuffer: unknown[];
  timeout(timeoutMs: number): { emit(event: string, ...args: unknown[]): unknown };
}

/**
 * Emits an event, whose payload is known to be JSON, and waits for its acknowledgement. Rejects with the reason of `signal`.
 */
export function exchangeEvent(socket: ExchangeSocket, request: ExchangeRequest): Promise<Exchange> {
  const { event, args, timeoutMs, signal } = request;
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    if (!socket.connected) return resolve({ status: 'unsent' });
    let loss: 'lost' | 'unsent' = 'lost';
    const onSettled = (error: Error | null, answer: unknown) => {
      // Socket.IO's own timeout: leave it to `signal`, which says the same in our words.
      if (error && socket.connected) return;
      stop();
      resolve(error ? { status: loss } : { status: 'answered', answer });
    };
    const stop = whenAborted(signal, () => reject(signal.reason));
    socket.timeout(timeoutMs).emit(event, ...args, onSettled);
    // Socket.IO keeps back what is emitted into a connection whose pings have stopped, and would send it
    // before anything is restored. Whoever asked sends it again instead.
    if (socket.sendBuffer.length > 0) {
      socket.sendBuffer.length = 0;
      loss = 'unsent';
    }
  });
}
