import type { Acknowledge, Dialect, DialectClient, MappedEvent, WireEvent } from '../../ports/dialect';

/** Called with an event of a client, and its arguments. */
export type OnEvent = (event: string, args: readonly unknown[]) => void;

/** Told of a mapping that threw. */
export type OnFlaw = (dialect: Dialect, event: string, err: unknown) => void;

/** An acknowledgement that is called once, whatever a mapping does. */
function once(acknowledge: Acknowledge): Acknowledge {
  let isDone = false;
  return (...args) => {
    if (isDone) return;
    isDone = true;
    acknowledge(...args);
  };
}

/** What an event of the contract is in a dialect; nothing where its mapping threw. */
export function mapSent(
  dialect: Dialect,
  event: string,
  payload: readonly unknown[],
  client: DialectClient | undefined,
  onFlaw: OnFlaw,
): readonly WireEvent[] {
  const map = Object.hasOwn(dialect.send, event) ? dialect.send[event] : undefined;
  if (!map) return [[event, ...payload]];
  try {
    // What is sent with an event is what the contract says of it: whoever sends it is held to that.
    return map(payload[0] as never, client);
  } catch (err) {
    onFlaw(dialect, event, err);
    return [];
  }
}

/** The client of one socket that speaks a dialect: what it sends, and is sent alone, goes through here. */
export class Speaker {
  constructor(
    readonly dialect: Dialect,
    private readonly client: DialectClient,
    private readonly onFlaw: OnFlaw,
  ) {}

  /** Hands on what an event of the client's is in the contract; as it came, where that is nothing. */
  receive(event: string, args: readonly unknown[], onEvent: OnEvent): void {
    const last = args.at(-1);
    const acknowledge = typeof last === 'function' ? once(last as Acknowledge) : undefined;
    const mapped = this.map(event, acknowledge ? args.slice(0, -1) : args);
    if (mapped) onEvent(mapped.event, [mapped.payload, this.createAnswer(mapped, event, acknowledge)]);
    else onEvent(event, args);
  }

  /** Sends the client what an event of the contract is in its dialect. */
  send(event: string, payload: readonly unknown[]): void {
    const { dialect, client, onFlaw } = this;
    for (const mapped of mapSent(dialect, event, payload, client, onFlaw)) client.tell(...mapped);
  }

  private map(event: string, args: readonly unknown[]): MappedEvent | undefined {
    const { receive } = this.dialect;
    if (!Object.hasOwn(receive, event)) return undefined;
    try {
      return receive[event]?.(args, this.client);
    } catch (err) {
      this.onFlaw(this.dialect, event, err);
      return undefined;
    }
  }

  private createAnswer(mapped: MappedEvent, event: string, acknowledge: Acknowledge = () => {}): Acknowledge {
    const { answer } = mapped;
    if (!answer) return acknowledge;
    return (ack) => {
      try {
        // The pipeline settles an event with the acknowledgement of that event.
        answer(ack as Parameters<typeof answer>[0], acknowledge);
      } catch (err) {
        this.onFlaw(this.dialect, event, err);
      }
    };
  }
}
