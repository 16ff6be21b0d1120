import { type Check, findOptionFlaw, show } from './option-checks';
import { OwnError } from './own-error';

/** An error about what a host, or a handler of its, calls with something that cannot be meant. */
export const invalidCall = (message: string) => new OwnError('INVALID_OPTIONS', message);

/**
 * Refuses what is no option of a call, and what an option cannot be.
 * @throws OwnError `INVALID_OPTIONS` with the call, the option's name, and what was probably meant.
 */
export function checkCall(call: string, options: unknown, checks: Readonly<Record<string, Check>>): void {
  const flaw = findOptionFlaw(options, checks);
  if (flaw) throw invalidCall(`${call}: ${flaw}`);
}

/**
 * Refuses what is no id of an entity: whoever a host meant by one that is missing would stay, and the host would not know.
 * @throws OwnError `INVALID_OPTIONS`
 */
export function checkEntityId(call: string, entityId: unknown): asserts entityId is string {
  if (typeof entityId !== 'string')
    throw invalidCall(`${call} needs the id of an entity, not ${show(entityId)}.`);
}

/**
 * Refuses what is no payload, or comes behind one. A callback would make it a question that no contract has, and whoever
 * answers one is ended.
 * @throws OwnError `INVALID_EMIT`
 */
export function checkArguments(event: string, args: readonly unknown[]): void {
  if (args.length <= 1 && typeof args[0] !== 'function') return;
  const shown = JSON.stringify(String(event).slice(0, 100));
  throw new OwnError(
    'INVALID_EMIT',
    `${shown} was not sent: emit takes one payload and no callback. A client is asked with \`connection.request\`.`,
  );
}
