import type { Exchange, ExchangeRequest } from '../../runtime/connection/exchange';

/** The payload of an event, checked against the contract where this client sends it, and by nobody where a server does. */
export type Fields = Readonly<Record<string, unknown>>;

/** A request that was sent, and whose answer is an event. */
export interface PendingRequest {
  readonly event: string;
  readonly payload: Fields;
}

interface Entry extends PendingRequest {
  readonly end: (exchange: Exchange) => void;
}

/** Requests of one connection that wait for their answers, the oldest first. */
export class PendingRequests {
  readonly #entries = new Set<Entry>();
  readonly #onUnanswered: (request: PendingRequest) => void;

  /** @param onUnanswered is told of a request that was given up while it waited */
  constructor(onUnanswered: (request: PendingRequest) => void) {
    this.#onUnanswered = onUnanswered;
  }

  /** Waits for the answer to what was sent. Rejects with the reason of the request's signal. */
  wait({ event, signal }: ExchangeRequest, payload: Fields): Promise<Exchange> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#entries.delete(entry);
        signal.removeEventListener('abort', onAbort);
      };
      const onAbort = () => {
        leave();
        this.#onUnanswered(entry);
        reject(signal.reason);
      };
      const end = (exchange: Exchange) => {
        leave();
        resolve(exchange);
      };
      const entry = { event, payload, end };
      this.#entries.add(entry);
      signal.addEventListener('abort', onAbort);
    });
  }

  /** Ends the oldest request that `isMeant`, and gives it; `undefined` where there is none. */
  settle(isMeant: (request: PendingRequest) => boolean, exchange: Exchange): PendingRequest | undefined {
    for (const entry of this.#entries) {
      if (!isMeant(entry)) continue;
      entry.end(exchange);
      return entry;
    }
    return undefined;
  }

  /** Ends every request, as the connection is gone; gives them. */
  lose(): PendingRequest[] {
    const lost = [...this.#entries];
    for (const { end } of lost) end({ status: 'lost' });
    return lost;
  }
}
