import type { ContractEvent, Issue, PayloadSchema, WirepactError } from '@wirepact/contract/runtime';
import { reportUncaught } from '../base/report-uncaught';
import type { Connection } from '../connection/connection';
import { parseAck } from '../connection/wire-error';
import type { ContractCheck } from './contract-check';

/** What became of an event that is answered. */
export interface InspectedAnswer {
  /** Milliseconds from the event to its answer; absent where this client refused the event and never sent it. */
  readonly ms?: number | undefined;
  /** Why it was refused, or got no answer; absent where it succeeded. */
  readonly code?: string | undefined;
  /** The code in words. */
  readonly message?: string | undefined;
  /** Data of an answer that succeeded. */
  readonly data?: unknown;
  /** What is wrong: with the event, as whoever refused it says, or with an answer that breaks the contract. */
  readonly issues: readonly Issue[];
}

/** One event that went over the wire, or was to. */
export interface InspectedEvent {
  /** Unique in this inspector, and rising. */
  readonly id: number;
  readonly direction: 'in' | 'out';
  readonly event: string;
  /** What was sent, not a copy. Credentials of a client that signs in again are among it. */
  readonly payload: unknown;
  /** Bytes of the payload as JSON; 0 where there is none. */
  readonly size: number;
  /** When it left or came, in milliseconds since 1970. */
  readonly at: number;
  /** Whether the contract has such an event. */
  readonly isKnown: boolean;
  /** What of the payload of an event of the server breaks the contract. */
  readonly issues: readonly Issue[];
  /** Absent until there is one, and where none was asked for. */
  readonly answer?: InspectedAnswer | undefined;
}

/** What a client is looked into by: its option `inspect`. */
export type Inspector = (parts: { readonly connection: Connection; readonly check: ContractCheck }) => void;

/** Tells of an event; what it returns tells more of it later. */
type Note = (
  direction: 'in' | 'out',
  event: string,
  payload: unknown,
  definition: ContractEvent | undefined,
) => (more: Partial<InspectedEvent>) => void;

function sizeOf(payload: unknown): number {
  try {
    return payload === undefined ? 0 : new TextEncoder().encode(JSON.stringify(payload)).length;
  } catch {
    // It is not JSON, and whoever sends it is told so.
    return 0;
  }
}

const toFailure = (
  { code, message }: Pick<WirepactError, 'code' | 'message'>,
  issues: readonly Issue[] = [],
): InspectedAnswer => ({ code, message, issues });

const LOST = toFailure({ code: 'DISCONNECTED', message: 'The connection ended before the answer.' });

/** What was answered, with what is wrong with it by the schema of the event's reply. */
async function readAnswer(answer: unknown, schema: PayloadSchema | undefined): Promise<InspectedAnswer> {
  const ack = parseAck(answer);
  if (!ack) return toFailure({ code: 'INVALID_REPLY', message: 'This is no acknowledgement.' });
  if ('error' in ack) return toFailure(ack.error, ack.error.issues);
  const { data } = ack;
  if (!schema || schema.check(data)) return { data, issues: [] };
  const issues = await schema.issues(data);
  return { ...toFailure({ code: 'INVALID_REPLY', message: 'The reply breaks the contract.' }, issues), data };
}

/** Tells of what is sent, and of what becomes of it. */
function inspectSent(connection: Connection, check: ContractCheck, note: Note): void {
  const { exchange } = connection;
  connection.exchange = (request) => {
    const { event, args } = request;
    const definition = check.requestEvent(event);
    const amend = note('out', event, args[0], definition);
    const sentAt = performance.now();
    const answered = exchange.call(connection, request);
    const end = async (answer: InspectedAnswer | Promise<InspectedAnswer>) => {
      const ms = performance.now() - sentAt;
      amend({ answer: { ...(await answer), ms } });
    };
    answered.then(
      (ended) => end(ended.status === 'answered' ? readAnswer(ended.answer, definition?.reply) : LOST),
      // Its time has passed, or it was aborted: both are errors of this client.
      (cause: WirepactError) => end(toFailure(cause)),
    );
    return answered;
  };
}

/** Tells of what is refused here, and is therefore not sent. */
function inspectRefused(check: ContractCheck, note: Note): void {
  const { refusal } = check;
  check.refusal = (event, payload) => {
    const refused = refusal.call(check, event, payload);
    if (!refused) return undefined;
    const amend = note('out', event, payload, check.requestEvent(event));
    void refused.then((error) => amend({ answer: toFailure(error, error.issues) }));
    return refused;
  };
}

/** Tells of what comes, and of what this client answers. */
function inspectReceived(connection: Connection, check: ContractCheck, note: Note): void {
  const { onEvent } = connection;
  connection.onEvent = (receive) =>
    onEvent.call(connection, (event, payload, acknowledge, carrier) => {
      const definition = check.incomingEvent(event);
      const amend = note('in', event, payload, definition);
      const cameAt = performance.now();
      const schema = definition?.payload;
      if (schema && !schema.check(payload))
        void Promise.resolve(schema.issues(payload)).then((issues) => amend({ issues }));
      if (!acknowledge) return receive(event, payload, undefined, carrier);
      receive(event, payload, (answer) => {
        const ms = performance.now() - cameAt;
        void readAnswer(answer, definition?.reply).then((read) => amend({ answer: { ...read, ms } }));
        acknowledge(answer);
      });
    });
}

/**
 * Tells `listener` of each event that the client sends or is sent, and again, under the same `id`, once it is answered or
 * found to break the contract. For development: payloads are shown as they are. One inspector can serve several clients.
 *
 * @example
 * const inspect = createInspector(({ direction, event, size, answer }) => console.log(direction, event, size, answer));
 * const client = createContractClient('http://localhost:3000', board, { inspect });
 */
export function createInspector(listener: (event: InspectedEvent) => void): Inspector {
  let count = 0;
  const tell = (event: InspectedEvent) => {
    try {
      listener(event);
    } catch (error) {
      reportUncaught(error);
    }
  };
  const note: Note = (direction, event, payload, definition) => {
    count += 1;
    const size = sizeOf(payload);
    let known: InspectedEvent = {
      ...{
        id: count,
        direction,
        event,
        payload,
        size,
        at: Date.now(),
        isKnown: definition !== undefined,
        issues: [],
      },
    };
    tell(known);
    return (more) => {
      known = { ...known, ...more };
      tell(known);
    };
  };
  // The methods of this client are replaced, so that one without an inspector has nothing of it.
  return ({ connection, check }) => {
    inspectSent(connection, check, note);
    inspectRefused(check, note);
    inspectReceived(connection, check, note);
  };
}
