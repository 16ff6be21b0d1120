import {
  type Contract,
  type ContractEvent,
  createPayloadSchema,
  type DeprecationListener,
  type EventRegistry,
  findPayloadError,
  formatIssues,
  type Issue,
  type PayloadSchema,
  SESSION_PREFIX,
  WirepactError,
} from '@wirepact/contract/runtime';
import { createClientError, invalidOptions } from '../base/client-errors';
import { isRecord } from '../base/is-record';
import { ListenerSet } from '../base/listener-set';
import { suggestName } from '../base/nearest-name';
import { parseAck } from '../connection/wire-error';
import type { ContractViolation, ContractViolationListener } from './contract-violation';

const ANY_OBJECT = createPayloadSchema({ check: isRecord, issues: () => [] });
const ANYTHING = createPayloadSchema({ check: () => true, issues: () => [] });

/** Events of the session are the runtime's own, which looks at what it takes from them. */
const SESSION_EVENT: ContractEvent = {
  payload: ANY_OBJECT,
  reply: ANYTHING,
  limits: { maxDepth: 16, maxProperties: 128, maxSize: 131_072 },
};

const NO_ACK: Issue = { path: '', message: 'is not an acknowledgement', keyword: 'type' };

/** The event with this name, if it is the contract's own and not one of `Object.prototype`, or one of the session. */
function findEvent(events: EventRegistry, name: string): ContractEvent | undefined {
  if (Object.hasOwn(events, name)) return events[name];
  return `${name}`.startsWith(SESSION_PREFIX) ? SESSION_EVENT : undefined;
}

/** Checks what goes over the wire, both ways, against a contract. What is valid is passed on at once. */
export class ContractCheck {
  readonly #violations = new ListenerSet<ContractViolation>();

  /** What is spoken. */
  readonly contract: Contract;
  /** Told of what is used, while an application is being developed. */
  readonly #onUse: DeprecationListener | undefined;

  constructor(contract: Contract, onViolation: ContractViolationListener, onUse?: DeprecationListener) {
    this.contract = contract;
    this.#onUse = onUse;
    this.#violations.add(onViolation);
  }

  /**
   * Why `event` may not be sent with this payload, or `undefined` where it may:
   * `UNKNOWN_EVENT`, or `PAYLOAD_TOO_LARGE`, `INVALID_PAYLOAD` or `INVALID_UUID` with its issues.
   */
  refusal(event: string, payload: unknown): Promise<WirepactError> | undefined {
    const definition = this.requestEvent(event);
    if (definition) return findPayloadError(definition, payload);
    return Promise.resolve(new WirepactError('UNKNOWN_EVENT', this.#noEvent(event, 'client')));
  }

  /** The arguments to emit `event` with. */
  toArguments(event: string, payload: unknown): unknown[] {
    const definition = this.requestEvent(event);
    if (definition) this.#onUse?.(event, definition, payload);
    return definition?.payload ? [payload] : [];
  }

  /**
   * Takes note that somebody listens to `event`.
   * @throws WirepactError `INVALID_OPTIONS` where the contract has no such event, or the listener is no function.
   */
  listening(event: string, listener: unknown): void {
    this.#subscribing('on', event, listener);
  }

  /**
   * Takes note that somebody answers `event`.
   * @throws WirepactError `INVALID_OPTIONS` where it is no event that is answered, has its handler, or gets none.
   */
  answering(event: string, handler: unknown, isHandled: boolean): void {
    const { reply } = this.#subscribing('handle', event, handler);
    const refuse = (what: string) => invalidOptions(`handle("${event}", …): ${what}`);
    if (!reply) throw refuse('the contract has no reply to this event. Listen to it with `on`.');
    if (isHandled) throw refuse('it has a handler already.');
  }

  #subscribing(method: string, event: string, listener: unknown): ContractEvent {
    const definition = this.incomingEvent(event);
    if (!definition) throw invalidOptions(this.#noEvent(event, 'server'));
    if (typeof listener !== 'function')
      throw invalidOptions(
        `${method}("${event}", …): the listener must be a function, but got ${typeof listener}.`,
      );
    this.#onUse?.(event, definition);
    return definition;
  }

  /**
   * The data of the answer to `event`; `null` where the event defines none.
   * @throws WirepactError the server's own error, or `INVALID_REPLY`.
   */
  reply(event: string, answer: unknown): unknown {
    const ack = parseAck(answer);
    if (!ack) return this.#refuseReply(event, answer, [NO_ACK]);
    if ('error' in ack) return this.#fail(event, ack.error);
    const { reply: schema, stream } = this.requestEvent(event) ?? {};
    // What answers with a stream names it here.
    return schema || stream ? this.answered(event, ack.data, schema) : null;
  }

  /**
   * What a server has answered `event` with, where that is as `schema` says; else it is reported.
   * @throws WirepactError `INVALID_REPLY`, as a rejection
   */
  answered(event: string, data: unknown, schema: PayloadSchema | undefined): unknown {
    return !schema || schema.check(data) ? data : this.#refuseReply(event, data, schema.issues(data));
  }

  /**
   * Why listeners may not be given this event, or `undefined` where they may: the contract has it, and the payload is
   * as it says. What is not is reported.
   */
  incoming(event: string, payload: unknown): 'UNKNOWN_EVENT' | 'INVALID_PAYLOAD' | undefined {
    const definition = this.incomingEvent(event);
    if (!definition) return 'UNKNOWN_EVENT';
    if (!definition.payload || definition.payload.check(payload)) return undefined;
    void this.report(event, payload, definition.payload.issues(payload));
    return 'INVALID_PAYLOAD';
  }

  /** What the contract says of an event that a server sends. */
  incomingEvent(event: string): ContractEvent | undefined {
    return findEvent(this.contract.serverToClient, event);
  }

  /** Rejects with the server's own error, the data of which is checked, too. */
  async #fail(event: string, error: WirepactError): Promise<never> {
    const { errors = {} } = this.contract;
    if (Object.hasOwn(errors, error.code)) await this.answered(event, error.data, errors[error.code]?.data);
    throw error;
  }

  /** What the contract says of an event that a client sends. */
  requestEvent(event: string): ContractEvent | undefined {
    return findEvent(this.contract.clientToServer, event);
  }

  /** Whether an event may be sent again with this payload: it names the send, so that it takes place once. */
  isRepeatable(event: string, payload: unknown): boolean {
    const { key } = this.requestEvent(event) ?? {};
    return key !== undefined && isRecord(payload) && payload[key] !== undefined;
  }

  #noEvent(event: string, sender: 'client' | 'server'): string {
    const { name, clientToServer, serverToClient } = this.contract;
    const names = Object.keys(sender === 'client' ? clientToServer : serverToClient);
    return `${name} has no event "${event}" that a ${sender} sends. ${suggestName(event, names)}`;
  }

  /** Reports what a server has sent that the contract does not allow. */
  async report(event: string, payload: unknown, listing: Issue[] | Promise<Issue[]>): Promise<Issue[]> {
    const issues = await listing;
    this.#violations.notify({ event, issues, payload });
    return issues;
  }

  async #refuseReply(event: string, payload: unknown, listing: Issue[] | Promise<Issue[]>): Promise<never> {
    const issues = await this.report(event, payload, listing);
    throw createClientError('INVALID_REPLY', `The reply to ${event} is not valid: ${formatIssues(issues)}.`);
  }
}
