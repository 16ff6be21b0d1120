import type { DialectLink, DialectSession } from '../../runtime/connection/dialect';
import type { Exchange, ExchangeRequest, Receive } from '../../runtime/connection/exchange';

/** Milliseconds a server may take to greet; one that does not is taken for one of the contract. */
const GREETING_MS = 2_000;
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
  #decide: () => void = () => {};

  readonly ready: Promise<void>;

  readonly #link: DialectLink;
  readonly #openers: Openers;

  constructor(link: DialectLink, openers: Openers) {
    this.#link = link;
    this.#openers = openers;
    this.ready = new Promise((resolve) => {
      const decide = () => {
        clearTimeout(timer);
        link.session.removeEventListener('abort', decide);
        resolve();
      };
      const timer = setTimeout(() => this.#speak(link), GREETING_MS);
      link.session.addEventListener('abort', decide);
      this.#decide = decide;
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
    this.#decide();
  }
}
