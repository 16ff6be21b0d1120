/** True for what is an object in JSON: neither an array nor `null`. */
export const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
