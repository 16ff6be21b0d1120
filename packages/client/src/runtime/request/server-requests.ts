import { findReplyError, WirepactError } from '@wirepact/contract/runtime';
import type { IncomingEvent } from '../base/event-hub';
import { reportUncaught } from '../base/report-uncaught';
import type { Acknowledge } from '../connection/connection';
import type { ContractCheck } from './contract-check';

/** Answers one event of the server with the data of its reply. */
type RequestHandler = (payload: never) => unknown;

/** An error as a server may see it: what a handler throws of itself stays in this process. */
function toWire(cause: unknown, event: string): object {
  if (cause instanceof WirepactError) return cause.toWire();
  reportUncaught(cause);
  return new WirepactError('INTERNAL', `The handler of ${event} failed.`).toWire();
}

/** Answers what the server asks of this client. */
export class ServerRequests {
  readonly #handlers = new Map<string, RequestHandler>();

  readonly #check: ContractCheck;

  constructor(check: ContractCheck) {
    this.#check = check;
  }

  /**
   * Has `handler` answer `event`; returns the function that stops it.
   * @throws WirepactError `INVALID_OPTIONS` where the event is not one that is answered, or has its handler already
   */
  handle(event: string, handler: RequestHandler): () => void {
    const handlers = this.#handlers;
    this.#check.answering(event, handler, handlers.has(event));
    handlers.set(event, handler);
    return () => {
      if (handlers.get(event) === handler) handlers.delete(event);
    };
  }

  /** Answers an event that was checked. */
  async answer({ event, payload }: IncomingEvent, acknowledge: Acknowledge): Promise<void> {
    const succeed = (data: unknown) => acknowledge({ ok: true, data });
    const fail = (cause: unknown) => {
      const error = toWire(cause, event);
      // Where its data is no JSON this throws: Socket.IO would take no other answer after one that it cannot send.
      JSON.stringify(error);
      acknowledge({ ok: false, error });
    };
    await this.#replyTo(event, payload).then(succeed).catch(fail).catch(fail);
  }

  async #replyTo(event: string, payload: unknown): Promise<unknown> {
    // A handler is kept under the name of its event, whose schema the payload was checked against.
    const handler = this.#handlers.get(event) as ((payload: unknown) => unknown) | undefined;
    if (!handler) throw new WirepactError('UNKNOWN_EVENT', `This client has no handler of ${event}.`);
    const reply = await handler(payload);
    const definition = this.#check.incomingEvent(event);
    const error = definition && (await findReplyError(definition, reply));
    if (error) throw new Error(`The reply of the handler of ${event} is not valid: ${error.message}`);
    return reply ?? null;
  }
}
