import { isObject } from '../runtime/option-checks';

/** A property of something that others sent; `undefined` where it has none of its own. */
export const fieldOf = (value: unknown, name: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
