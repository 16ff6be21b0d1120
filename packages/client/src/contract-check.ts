import {
  type Contract,
  createValidator,
  type EventDefinition,
  type EventRegistry,
  formatIssues,
  type Issue,
  toPayloadError,
  WirepactError,
} from '@wirepact/contract';
import { createClientError } from './client-errors';
import { type ContractViolationListener, guardViolationListener } from './contract-violation';
import { parseAck } from './wire-error';

type Schema = NonNullable<EventDefinition['payload']>;

/** The event with this name, if it is the contract's own and not one of `Object.prototype`. */
const findEvent = (events: EventRegistry, name: string): EventDefinition | undefined =>
  Object.hasOwn(events, name) ? events[name] : undefined;

/** Checks what goes over the wire, both ways, against a contract. Evaluates no code. */
export class ContractCheck {
  private readonly onViolation: ContractViolationListener;

  constructor(
    private readonly contract: Contract,
    onViolation: ContractViolationListener,
  ) {
    this.onViolation = guardViolationListener(onViolation);
  }

  /**
   * The arguments to emit `event` with.
   * @throws WirepactError `UNKNOWN_EVENT`, or `INVALID_PAYLOAD` or `INVALID_UUID` with its issues.
   */
  outgoing(event: string, payload: unknown): unknown[] {
    const definition = findEvent(this.contract.clientToServer, event);
    if (!definition)
      throw new WirepactError('UNKNOWN_EVENT', `${this.contract.name} has no event "${event}".`);
    if (!definition.payload) return [];
    const issues = listIssues(definition.payload, payload);
    if (issues.length > 0) throw toPayloadError(issues);
    return [payload];
  }

  /**
   * The data of the answer to `event`; `null` where the event defines none.
   * @throws WirepactError the server's own error, or `INVALID_REPLY`.
   */
  reply(event: string, answer: unknown): unknown {
    const ack = parseAck(answer);
    if (!ack)
      return this.refuseReply(event, answer, [
        { path: '', message: 'is no acknowledgement', keyword: 'type' },
      ]);
    if ('error' in ack) throw ack.error;
    const schema = findEvent(this.contract.clientToServer, event)?.reply;
    if (!schema) return null;
    const issues = listIssues(schema, ack.data);
    return issues.length > 0 ? this.refuseReply(event, ack.data, issues) : ack.data;
  }

  /** True where listeners may be given this event: the contract has it, and the payload is as it says. */
  incoming(event: string, payload: unknown): boolean {
    const definition = findEvent(this.contract.serverToClient, event);
    if (!definition) return false;
    const issues = definition.payload ? listIssues(definition.payload, payload) : [];
    if (issues.length > 0) this.onViolation({ event, issues, payload });
    return issues.length === 0;
  }

  private refuseReply(event: string, payload: unknown, issues: Issue[]): never {
    this.onViolation({ event, issues, payload });
    throw createClientError('INVALID_REPLY', `The reply to ${event} is not valid: ${formatIssues(issues)}.`);
  }
}

const listIssues = (schema: Schema, value: unknown): Issue[] => createValidator(schema).issues(value);
