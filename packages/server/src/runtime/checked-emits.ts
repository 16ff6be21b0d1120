import {
  type Contract,
  type ContractEvent,
  findPayloadError,
  WirepactError,
} from '@wirepact/contract/runtime';
import type { EmitCheck } from './gateway/emit-check';
import { propertyOf } from './transport/engine-connection';

type Emit = (event: string, ...args: unknown[]) => unknown;

/** What emits of a plain socket are checked with. */
export interface CheckedEmitsDeps {
  readonly contract: Contract;
  readonly check: EmitCheck;
}

const isFunction = (value: unknown): value is (...args: unknown[]) => unknown => typeof value === 'function';

/** Whether a client's answer has an error that the application can read. */
const hasError = (answer: unknown): boolean => {
  const error = propertyOf(answer, 'error');
  return typeof propertyOf(error, 'code') === 'string' && typeof propertyOf(error, 'message') === 'string';
};

/** What is wrong with what a client answered, if anything. */
async function findFlaw(definition: ContractEvent, answer: unknown): Promise<unknown> {
  const ok = propertyOf(answer, 'ok');
  const isAck = ok === true || (ok === false && hasError(answer));
  if (!isAck) return new Error('it is no acknowledgement');
  if (ok === false) return undefined;
  return findPayloadError({ ...definition, payload: definition.reply }, propertyOf(answer, 'data'));
}

/** What a client answered, as far as the contract has it; else an answer that says it does not. */
async function readAnswer(event: string, definition: ContractEvent, answer: unknown): Promise<unknown> {
  // A schema of another library may throw.
  const flaw = await findFlaw(definition, answer).catch((cause: unknown) => cause);
  if (flaw === undefined) return answer;
  const what = flaw instanceof Error ? flaw.message : 'it could not be checked';
  const error = new WirepactError('INVALID_REPLY', `The client's answer to "${event}" is wrong: ${what}.`);
  return { ok: false, error: error.toWire() };
}

/** An application's callback that is given what the contract says a client answers, and nothing else. */
function checkedAnswer(
  event: string,
  definition: ContractEvent,
  callback: (...args: unknown[]) => unknown,
  hasTimeout: boolean,
) {
  return (...args: unknown[]) => {
    if (hasTimeout && args[0]) callback(args[0]);
    else
      void readAnswer(event, definition, args[hasTimeout ? 1 : 0]).then((answer) =>
        hasTimeout ? callback(null, answer) : callback(answer),
      );
  };
}

/** An `emit` that looks at what is sent, and at what is answered to it. `hasTimeout` says whether answers have a deadline. */
export function createCheckedEmit(
  emit: Emit,
  { contract, check }: CheckedEmitsDeps,
  hasTimeout: () => boolean,
): Emit {
  return (event, ...args) => {
    const callback = args.at(-1);
    const payload = isFunction(callback) ? args.slice(0, -1) : args;
    check(event, payload[0]);
    const definition = contract.serverToClient[event];
    if (!isFunction(callback) || !definition?.reply) return emit(event, ...args);
    return emit(event, ...payload, checkedAnswer(event, definition, callback, hasTimeout()));
  };
}

/** Whatever of a broadcast gives another broadcast is checked as well; answers of many clients are the application's to read. */
export function checkBroadcast<Broadcast extends object>(broadcast: Broadcast, check: EmitCheck): Broadcast {
  return new Proxy(broadcast, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (!isFunction(value)) return isBroadcast(value) ? checkBroadcast(value, check) : value;
      return (...args: unknown[]) => {
        if (name === 'emit' || name === 'emitWithAck')
          check(String(args[0]), isFunction(args[1]) ? undefined : args[1]);
        const result: unknown = Reflect.apply(value, target, args);
        return isBroadcast(result) ? checkBroadcast(result, check) : result;
      };
    },
  });
}

const isBroadcast = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && 'except' in value && 'emit' in value && !('use' in value);
