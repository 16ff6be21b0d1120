/**
 * A copy of what was checked to be JSON, for what is kept or sent later than whoever gave it goes on: it may have changed
 * by then. Properties that are `undefined` stay, as JSON leaves them out anyway.
 */
export function copyJson<Value>(value: Value): Value;
export function copyJson(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => copyJson<unknown>(item));
  // Spreading makes each name a property of the copy, `__proto__` too.
  const copy: Record<string, unknown> = { ...value };
  for (const name of Object.keys(copy)) {
    const part = copy[name];
    if (typeof part === 'object') copy[name] = copyJson(part);
  }
  return copy;
}
