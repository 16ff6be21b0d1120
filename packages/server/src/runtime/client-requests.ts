import {
  type Contract,
  type ContractEvent,
  findPayloadError,
  type WireError,
} from '@wirepact/contract/runtime';
import { checkCall } from './call-checks';
import { toInvalidEmit } from './gateway/emit-check';
import { type Check, duration, hasMethods, isObject, must } from './option-checks';
import { OwnError } from './own-error';
import type { AskOptions } from './ports/connection';
import type { AskedClient } from './transport/transport';

const DEFAULT_TIMEOUT_MS = 10_000;
const ASK_CHECKS: Readonly<Record<keyof AskOptions, Check>> = {
  timeoutMs: duration,
  signal: must((value) => hasMethods(value, 'throwIfAborted', 'addEventListener'), 'an AbortSignal'),
};
/** Answers of one client that may be waited for at the same time. */
const MAX_PENDING = 100;
const MAX_CODE_LENGTH = 128;
const MAX_MESSAGE_LENGTH = 1_024;

/** Asks clients, and checks what they answer. */
export type ClientRequests = (
  client: AskedClient,
  event: string,
  payload: unknown,
  options: AskOptions,
) => Promise<unknown>;

const invalidReply = (event: string, what: string, cause?: unknown) =>
  new OwnError('INVALID_REPLY', `The client's answer to "${event}" ${what}.`, { cause });

/** An error as a client may send one; nothing of it is believed but what it is. */
function readError(event: string, answer: object): OwnError {
  const error: unknown = Reflect.get(answer, 'error');
  const { code, message, data }: { [Name in keyof WireError]?: unknown } = isObject(error) ? error : {};
  if (typeof code !== 'string' || code.length > MAX_CODE_LENGTH || typeof message !== 'string')
    return invalidReply(event, 'is neither a reply nor an error');
  const retryable = Reflect.get(Object(error), 'retryable') === true;
  return new OwnError(code, message.slice(0, MAX_MESSAGE_LENGTH), { retryable, data });
}

/** What a client answered, checked. */
async function readAnswer(event: string, definition: ContractEvent, answer: unknown): Promise<unknown> {
  if (!isObject(answer)) throw invalidReply(event, 'is no acknowledgement');
  if (Reflect.get(answer, 'ok') !== true) throw readError(event, answer);
  const data: unknown = Reflect.get(answer, 'data');
  // What a client sends has the bounds of its event, whichever way it travels.
  const flaw = findPayloadError({ ...definition, payload: definition.reply }, data);
  if (flaw) {
    const cause = await flaw;
    throw invalidReply(event, `is not what the contract says: ${cause.message}`, cause);
  }
  return data;
}

/** The requests of a server that serves a contract. */
export function createClientRequests({ name, serverToClient }: Contract): ClientRequests {
  const pending = new WeakMap<AbortSignal, number>();
  const pendingOf = ({ closed }: AskedClient) => pending.get(closed) ?? 0;

  const checkRequest = (event: string, payload: unknown): ContractEvent => {
    const definition = Object.hasOwn(serverToClient, event) ? serverToClient[event] : undefined;
    if (!definition?.reply)
      throw new OwnError('INVALID_EMIT', `${name} has no event "${event}" that a client answers.`);
    if (findPayloadError(definition, payload)) throw toInvalidEmit(event, definition, payload);
    return definition;
  };

  const checkClient = (client: AskedClient, event: string, signal: AbortSignal | undefined) => {
    signal?.throwIfAborted();
    if (client.closed.aborted) throw disconnected(event);
    if (pendingOf(client) < MAX_PENDING) return;
    const message = `${MAX_PENDING} answers of this client are waited for already.`;
    throw new OwnError('OVERLOADED', message, { retryable: true });
  };

  return async (client, event, payload, options) => {
    checkCall('request', options, ASK_CHECKS);
    const { timeoutMs = DEFAULT_TIMEOUT_MS, signal } = options;
    const definition = checkRequest(event, payload);
    checkClient(client, event, signal);
    pending.set(client.closed, pendingOf(client) + 1);
    try {
      return await readAnswer(event, definition, await ask(client, event, payload, timeoutMs, signal));
    } finally {
      pending.set(client.closed, pendingOf(client) - 1);
    }
  };
}

/** Sends an event, and resolves with whatever the client answers; nothing is left behind where it does not. */
function ask(
  client: AskedClient,
  event: string,
  payload: unknown,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onClosed = () => settle(() => reject(disconnected(event)));
    const onAbort = () => settle(() => reject(signal?.reason));
    const onTime = () => settle(() => reject(timedOut(event, timeoutMs)));
    const settle = (act: () => void) => {
      client.closed.removeEventListener('abort', onClosed);
      signal?.removeEventListener('abort', onAbort);
      clearTimeout(timer);
      forget();
      act();
    };
    const timer = setTimeout(onTime, timeoutMs).unref();
    client.closed.addEventListener('abort', onClosed);
    signal?.addEventListener('abort', onAbort);
    const forget = client.send(event, payload, (answer) => settle(() => resolve(answer)));
  });
}

const disconnected = (event: string) =>
  new OwnError('DISCONNECTED', `The client was gone before it answered "${event}".`, {
    retryable: true,
  });

const timedOut = (event: string, timeoutMs: number) =>
  new OwnError('TIMEOUT', `The client did not answer "${event}" within ${timeoutMs} ms.`, {
    retryable: true,
  });
