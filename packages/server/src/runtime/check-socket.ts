import {
  type Ack,
  type ClientToServerEventsOf,
  type Contract,
  type ContractEvent,
  findPayloadError,
  findReplyError,
  type ServerToClientEventsOf,
  WirepactError,
} from '@wirepact/contract/runtime';
import type { Logger } from 'pino';
import pino from 'pino';
import type { Socket } from 'socket.io';
import { checkBroadcast, createCheckedEmit } from './checked-emits';
import { checkContract } from './contract-check';
import { createEmitCheck, type EmitCheck } from './gateway/emit-check';
import { createWireErrors } from './gateway/wire-errors';
import { type Check, checkOptions, hasMethods, invalidOption, SERVER_OPTION_CHECKS } from './option-checks';
import { steadily } from './steady-logger';
import { propertyOf } from './transport/engine-connection';

/** A socket that sends and receives what a contract says. */
export type CheckedSocket<C extends Contract> = Socket<ClientToServerEventsOf<C>, ServerToClientEventsOf<C>>;

/** A socket as an application has it, whatever events it was typed with. */
export interface PlainSocket {
  readonly id: string;
  emit: (...args: never[]) => unknown;
  use(check: (packet: [string, ...unknown[]], next: () => void) => void): unknown;
}

/** How a socket is checked. */
export interface CheckSocketOptions {
  /**
   * Whether what the application emits is checked, too; what breaks the contract is not sent, and throws INVALID_EMIT.
   * Default: everywhere but where `NODE_ENV` is `production`.
   */
  checkEmits?: boolean;
  /** Told of acknowledgements that break the contract. Default: one of its own on standard output. */
  logger?: Logger;
}

const { checkEmits, logger } = SERVER_OPTION_CHECKS;
const CHECKS: Readonly<Record<keyof CheckSocketOptions, Check>> = { checkEmits, logger };

/** What the sockets of a contract are checked with, made once for all of them. */
interface SocketChecks {
  readonly definitions: ReadonlyMap<string, ContractEvent>;
  readonly checkEmit: EmitCheck;
}

const known = new WeakMap<Contract, SocketChecks>();
/** Checked twice, what one contract has would be refused by the other. */
const checked = new WeakSet<PlainSocket>();

function checksOf(contract: Contract): SocketChecks {
  const checks = known.get(contract) ?? {
    definitions: new Map(Object.entries(contract.clientToServer)),
    checkEmit: createEmitCheck(contract, () => false),
  };
  known.set(contract, checks);
  return checks;
}

type Answer = (ack: Ack<unknown>) => void;

/** What goes wrong with an acknowledgement is in the log, and the client is told no more than that. */
type ToWireError = ReturnType<typeof createWireErrors>;

/** An acknowledgement for the application to call, that lets through what the contract says. */
function checkedAck(
  event: string,
  definition: ContractEvent,
  answer: Answer,
  toWireError: ToWireError,
): Answer {
  const refuse = (cause: unknown) =>
    answer({
      ok: false,
      error: toWireError(event, new Error('The acknowledgement breaks the contract.', { cause })),
    });
  return (given) => {
    const { ok, data, error }: { ok?: unknown; data?: unknown; error?: unknown } = Object(given);
    if (ok === false && typeof propertyOf(error, 'code') === 'string') {
      answer(given);
      return;
    }
    if (ok !== true) {
      refuse(new TypeError('it is neither { ok: true, data } nor { ok: false, error }'));
      return;
    }
    const flaw = findReplyError(definition, data);
    if (flaw) flaw.then(refuse, refuse);
    else answer({ ok, data: definition.reply ? data : null });
  };
}

/** Lets through the events of clients that the contract has, each with the payload that it says and an acknowledgement. */
function checkIncoming(contract: Contract, socket: PlainSocket, toWireError: ToWireError): void {
  const { definitions } = checksOf(contract);
  socket.use((packet, next) => {
    // A client may send a number, whatever the types say: that is the event of that name.
    const event = String(packet[0]);
    const last = packet.at(-1);
    const answer = typeof last === 'function' ? (last as Answer) : undefined;
    const payload = answer && packet.length === 2 ? undefined : packet[1];
    const refuse = (cause: unknown) =>
      answer?.({ ok: false, error: toWireError(event.slice(0, 100), cause) });
    const definition = definitions.get(event);
    if (!definition) {
      const shown = JSON.stringify(event.slice(0, 100));
      refuse(new WirepactError('UNKNOWN_EVENT', `${contract.name} has no event ${shown}.`));
      return;
    }
    try {
      const flaw = findPayloadError(definition, payload);
      if (flaw) {
        flaw.then(refuse, refuse);
        return;
      }
    } catch (cause) {
      // A schema of another library may throw.
      refuse(cause);
      return;
    }
    const args = definition.payload ? [payload] : [];
    if (answer) args.push(checkedAck(event, definition, answer, toWireError));
    packet.splice(1, packet.length, ...args);
    next();
  });
}

/** Checks what is emitted to a socket, and what its client answers. */
function checkEmit(contract: Contract, socket: PlainSocket, check: EmitCheck): void {
  const checkOwn = (event: string, payload: unknown) => {
    try {
      check(event, payload);
    } catch (error) {
      // What `volatile` and `timeout` have said was about this event, and not about the next one.
      Reflect.set(socket, 'flags', {});
      throw error;
    }
  };
  const hasTimeout = () => propertyOf(propertyOf(socket, 'flags'), 'timeout') !== undefined;
  const emit = socket.emit.bind(socket) as (event: string, ...args: unknown[]) => unknown;
  socket.emit = createCheckedEmit(emit, { contract, check: checkOwn }, hasTimeout);
}

/** Checks what is emitted from a socket to others. */
function checkBroadcasts(socket: PlainSocket, check: EmitCheck): void {
  const own = socket as PlainSocket & Record<'to' | 'in' | 'except', (...rooms: unknown[]) => object>;
  for (const name of ['to', 'in', 'except'] as const) {
    const select = own[name].bind(socket);
    own[name] = (...rooms) => checkBroadcast(select(...rooms), check);
  }
  const prototype: object = Object.getPrototypeOf(socket);
  const broadcastOf = (name: string) => () =>
    checkBroadcast(Object(Reflect.get(prototype, name, socket)), check);
  for (const name of ['broadcast', 'local']) Object.defineProperty(socket, name, { get: broadcastOf(name) });
}

/**
 * Makes a socket that an application has already typed and checked, without a change to its listeners. What a client sends
 * is checked before listeners of its event hear it: what breaks the contract is answered with a code, and not delivered.
 * Acknowledgements (`{ ok: true, data }` or `{ ok: false, error }`) and whatever is emitted to the socket, or from it to
 * rooms, are checked, too. Call it before listeners are added; those of `onAny` hear everything. Counting, permission and
 * streams are what `attachContract` has besides.
 *
 * @throws WirepactError `INVALID_OPTIONS` where it is given no contract, no socket, one that is checked already, or options that are none; `INVALID_EMIT` from `emit`, where an
 * event breaks the contract.
 *
 * @example
 * io.on('connection', (plain) => {
 *   const socket = checkSocket(board, plain);
 *   socket.on('move_card', (card, answer) => answer?.({ ok: true, data: { position: 0 } }));
 * });
 */
export function checkSocket<C extends Contract>(
  contract: C,
  socket: PlainSocket,
  options: CheckSocketOptions = {},
): CheckedSocket<C> {
  checkContract(contract);
  if (!hasMethods(socket, 'use', 'emit', 'to', 'in', 'except'))
    throw invalidOption("checkSocket takes a socket as `io.on('connection', (socket) => …)` gives it.");
  if (checked.has(socket)) throw invalidOption('This socket is checked already: call checkSocket once.');
  checkOptions(options, CHECKS);
  const { checkEmits = process.env.NODE_ENV !== 'production' }: CheckSocketOptions = options;
  const logger = options.logger ?? defaultLogger();
  const error = steadily((details: object, message: string) => logger.error(details, message));
  const checks = checksOf(contract);
  checked.add(socket);
  checkIncoming(contract, socket, createWireErrors(contract, { error }));
  checkEmit(contract, socket, checkEmits ? checks.checkEmit : () => undefined);
  if (checkEmits) checkBroadcasts(socket, checks.checkEmit);
  // It is the same socket, whose events have just become those of the contract.
  return socket as unknown as CheckedSocket<C>;
}

let shared: Logger | undefined;

/** The logger that all checked sockets share whose application gives none. */
function defaultLogger(): Logger {
  shared ??= pino({ level: process.env.LOG_LEVEL ?? 'info' });
  return shared;
}
