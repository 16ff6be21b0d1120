/**
 * The size of a payload that is within its bounds, as `limits.maxSize` counts it: the UTF-16 code units of all strings
 * and names, plus one for every value.
 */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length + 1;
  if (typeof value !== 'object' || value === null) return 1;
  let size = 1;
  if (Array.isArray(value)) for (const item of value) size += sizeOf(item);
  else for (const name of Object.keys(value)) size += name.length + sizeOf(Reflect.get(value, name));
  return size;
}
