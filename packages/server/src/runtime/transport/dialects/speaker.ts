import { atOnce, hear } from '../../at-once';
import { isPromise } from '../../is-promise';
import type { Acknowledge, Dialect, DialectClient, MappedEvent, WireEvent } from '../../ports/dialect';
import { propertyOf } from '../engine-connection';

/** Called with an event of a client, and its arguments. */
export type OnEvent = (event: string, args: readonly unknown[]) => void;

/** Told of a mapping that threw, or gave what cannot be sent. */
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

const isWireEvent = (value: unknown): value is WireEvent =>
  Array.isArray(value) && typeof value[0] === 'string';

/** @throws Error where it is not what a mapping of `send` has to give. */
function readSent(sent: unknown): readonly WireEvent[] {
  if (Array.isArray(sent) && sent.every(isWireEvent)) return sent;
  throw new TypeError('It has to give a list of events, each a list of a name and arguments.');
}

const isMapped = (value: unknown): value is MappedEvent =>
  typeof propertyOf(value, 'event') === 'string' &&
  ['function', 'undefined'].includes(typeof propertyOf(value, 'answer'));

/** @throws Error where it is not what a mapping of `receive` has to give. */
function readReceived(received: unknown): MappedEvent | undefined {
  if (received === undefined || isMapped(received)) return received;
  throw new TypeError('It has to give an object with an `event` of the contract, or nothing.');
}

/** Sends what an event of the contract is in a dialect. What that has wrong is no fault of whoever sends the event. */
export function sendMapped(
  dialect: Dialect,
  [event, ...payload]: WireEvent,
  client: DialectClient | undefined,
  send: (mapped: WireEvent) => void,
  onFlaw: OnFlaw,
): void {
  const map = Object.hasOwn(dialect.send, event) ? dialect.send[event] : undefined;
  if (!map) {
    send([event, ...payload]);
    return;
  }
  try {
    // What is sent with an event is what the contract says of it: whoever sends it is held to that.
    for (const mapped of readSent(atOnce(map(payload[0] as never, client)))) send(mapped);
  } catch (err) {
    onFlaw(dialect, event, err);
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
    sendMapped(dialect, [event, ...payload], client, (mapped) => client.tell(...mapped), onFlaw);
  }

  private map(event: string, args: readonly unknown[]): MappedEvent | undefined {
    const { receive } = this.dialect;
    if (!Object.hasOwn(receive, event)) return undefined;
    try {
      return readReceived(atOnce(receive[event]?.(args, this.client)));
    } catch (err) {
      this.onFlaw(this.dialect, event, err);
      return undefined;
    }
  }

  private createAnswer(mapped: MappedEvent, event: string, acknowledge: Acknowledge = () => {}): Acknowledge {
    const { answer } = mapped;
    if (!answer) return acknowledge;
    const onError = (err: unknown) => this.onFlaw(this.dialect, event, err);
    return (ack) => {
      try {
        // The pipeline settles an event with the acknowledgement of that event.
        const answered: unknown = answer(ack as Parameters<typeof answer>[0], acknowledge);
        if (isPromise(answered)) hear(answered, onError);
      } catch (err) {
        onError(err);
      }
    };
  }
}
