import type { Identity } from '../ports/identity';

const MAX_LENGTH = 256;
/** Unix times in seconds are below this one for the next 3,000 years, those in milliseconds have been above it since 1973. */
const EARLIEST_MS = 100_000_000_000;

const kindOf = (value: unknown): string => {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `of type ${typeof value}`;
};

/** What is wrong with a text, if anything; names no part of it. */
function findTextFlaw(name: string, value: unknown): string | undefined {
  if (typeof value !== 'string') return `\`${name}\` must be a string, and is ${kindOf(value)}`;
  // A character may be two of JavaScript's.
  const length = value.length > 2 * MAX_LENGTH ? value.length : [...value].length;
  if (length > 0 && length <= MAX_LENGTH) return undefined;
  return `\`${name}\` must have 1 to ${MAX_LENGTH} characters, and has ${length}`;
}

function findExpiryFlaw(expiresAt: unknown): string | undefined {
  if (typeof expiresAt !== 'number' || !Number.isFinite(expiresAt))
    return `\`expiresAt\` must be a Unix time in milliseconds, and is ${Number.isNaN(expiresAt) ? 'NaN' : kindOf(expiresAt)}`;
  if (expiresAt >= EARLIEST_MS) return undefined;
  return '`expiresAt` must be in milliseconds, and looks like seconds: multiply it by 1000';
}

const FIELDS = ['entityId', 'entityName', 'claims', 'expiresAt'] satisfies (keyof Identity)[];

/** What `authenticate` answered as an object of its own, in which the accessors of a class are values. */
export function copyOf(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return answer;
  const copy: Record<string, unknown> = { ...answer };
  for (const name of FIELDS) {
    const value: unknown = Reflect.get(answer, name);
    if (value !== undefined) copy[name] = value;
  }
  return copy;
}

/** What is wrong with what `authenticate` answered, in words for the host's log; `undefined` where it is an identity. */
export function findIdentityFlaw(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return `an identity must be an object with an \`entityId\`, and is ${kindOf(value)}`;
  const { entityId, entityName, claims, expiresAt }: { [Name in keyof Identity]?: unknown } = value;
  if (entityId === undefined) {
    const names = Object.keys(value).slice(0, 10);
    return `an identity must have an \`entityId\`; it has ${names.length > 0 ? names.join(', ') : 'nothing'}`;
  }
  if (claims !== undefined && (typeof claims !== 'object' || claims === null))
    return `\`claims\` must be an object, and is ${kindOf(claims)}`;
  return (
    findTextFlaw('entityId', entityId) ??
    (entityName === undefined ? undefined : findTextFlaw('entityName', entityName)) ??
    (expiresAt === undefined ? undefined : findExpiryFlaw(expiresAt))
  );
}
