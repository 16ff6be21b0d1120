import type { ContractEvent } from './event';
import { fromPointer } from './issues';

/** True where `value` has something at a path in which `*` stands for every item or name. */
function reaches(value: unknown, [token, ...rest]: readonly string[]): boolean {
  if (token === undefined) return true;
  if (typeof value !== 'object' || value === null) return false;
  if (token === '*') return Object.values(value).some((inner) => reaches(inner, rest));
  return Object.hasOwn(value, token) && reaches(Reflect.get(value, token), rest);
}

/** Is told of an event that is sent, or listened to, before its payload is known. */
export type DeprecationListener = (name: string, event: ContractEvent, payload?: unknown) => void;

/**
 * Watches for events and fields that should no longer be used, and tells `warn` of each once, with what to use
 * instead. For development: it walks the payload of every event that has deprecated fields.
 */
export function createDeprecationWarning(warn: (message: string) => void): DeprecationListener {
  const warned = new Set<string>();
  const warnOnce = (what: string, advice: string) => {
    if (!warned.has(what)) warn(`${what} is deprecated: ${advice}`);
    warned.add(what);
  };
  return (name, { deprecated, deprecatedFields = {} }, payload) => {
    if (deprecated !== undefined) warnOnce(`the event "${name}"`, deprecated);
    for (const [path, advice] of Object.entries(deprecatedFields))
      if (reaches(payload, fromPointer(path))) warnOnce(`${path} of the event "${name}"`, advice);
  };
}
