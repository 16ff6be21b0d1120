import type { DialectLink, DialectSession, Receive } from '../../runtime/connection/dialect';
import type { Exchange, ExchangeRequest } from '../../runtime/connection/exchange';
import { awaitGreeting } from './await-greeting';

/** Events kept until the server has greeted; with more it is not waited for. */
const MAX_HELD = 1_000;

/** What is begun to be spoken, by what the server's greeting shows it to be. */
export interface Openers {
  readonly document: () => DialectSession;
  readonly elizaos: () => DialectSession;
}

/** Finds out by the first words of a server what it speaks; costs it nothing, as it greets anyway. */
export class GreetingSession implements DialectSession {
  #spoken: DialectSession | undefined;
  #held: Parameters<Receive>[] = [];
  readonly #decided: () => void;

  readonly ready: Promise<void>;

  readonly #link: DialectLink;
  readonly #openers: Openers;

  constructor(link: DialectLink, openers: Openers) {
    this.#link = link;
    this.#openers = openers;
    const { over, come } = awaitGreeting(link.session);
    this.#decided = come;
    this.ready = over.then(() => {
      // What does not greet is taken for a server of the contract.
      if (!this.#spoken) this.#speak(link);
      return this.#spoken?.ready;
    });
  }

  readonly receive: Receive = (...incoming) => {
    if (this.#spoken) {
      this.#spoken.receive(...incoming);
      return;
    }
    this.#held.push(incoming);
    const [event, payload] = incoming;
    if (event === 'authenticated') this.#speak(this.#openers.elizaos());
    else if (event === 'connection_established')
      this.#speak(Object(payload).protocolVersion === undefined ? this.#openers.document() : this.#link);
    else if (this.#held.length >= MAX_HELD) this.#speak(this.#link);
  };

  exchange(request: ExchangeRequest): Promise<Exchange> {
    return (this.#spoken ?? this.#link).exchange(request);
  }

  #speak(spoken: DialectSession): void {
    this.#spoken = spoken;
    for (const incoming of this.#held) spoken.receive(...incoming);
    this.#held = [];
    this.#decided();
  }
}
