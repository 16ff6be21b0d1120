import { whenAborted } from '../../runtime/base/when-aborted';
import type { Exchange, ExchangeRequest } from '../../runtime/connection/exchange';
import type { Doubt } from './doubtful-sends';

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
  readonly #onUnanswered: (request: PendingRequest, doubt: Doubt) => void;

  /** @param onUnanswered is told of a request that went out and got no answer: it was lost, or nobody waited any longer */
  constructor(onUnanswered: (request: PendingRequest, doubt: Doubt) => void) {
    this.#onUnanswered = onUnanswered;
  }

  /**
   * Waits for the answer to what is sent by `sending`, which tells where it was lost or not sent at all. Rejects with the
   * reason of the request's signal.
   */
  wait(
    { event, signal }: Pick<ExchangeRequest, 'event' | 'signal'>,
    payload: Fields,
    sending: Promise<Exchange>,
  ): Promise<Exchange> {
    return new Promise((resolve, reject) => {
      let stop = () => {};
      const leave = () => {
        stop();
        return this.#entries.delete(entry);
      };
      const end = (exchange: Exchange) => {
        if (leave() && exchange.status === 'lost') this.#onUnanswered(entry, 'lost');
        resolve(exchange);
      };
      const entry = { event, payload, end };
      this.#entries.add(entry);
      stop = whenAborted(signal, () => {
        leave();
        this.#onUnanswered(entry, 'told');
        reject(signal.reason);
      });
      // What a server says to an acknowledgement is nothing that the dialect knows of.
      sending.then(
        (sent) => {
          if (sent.status !== 'answered') end(sent);
        },
        // Its signal was aborted, which was seen here, too.
        () => {},
      );
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

  /** Ends every request, as the connection is gone. */
  lose(): void {
    for (const { end } of [...this.#entries]) end({ status: 'lost' });
  }
}
