import type { PayloadBounds } from './event';
import { type Issue, toPointerToken } from './issues';

/** True for a name that becomes an attack where objects are merged: `__proto__`, `constructor.prototype`. */
const isPollution = (name: string, value: unknown) =>
  name === '__proto__' ||
  (name === 'constructor' &&
    typeof value === 'object' &&
    value !== null &&
    Object.hasOwn(value, 'prototype'));

/** One walk over one payload: the bounds, and the size counted so far. */
class BoundsWalk {
  private size = 0;

  constructor(private readonly bounds: PayloadBounds) {}

  /** The first bound that `value` breaks; its path is relative to `value` and grows on the way out. */
  visit(value: unknown, depth: number): Issue | undefined {
    this.size += typeof value === 'string' ? value.length + 1 : 1;
    if (this.size > this.bounds.maxSize) {
      return {
        path: '',
        message: `takes the payload over ${this.bounds.maxSize} characters`,
        keyword: 'maxSize',
      };
    }
    if (typeof value !== 'object' || value === null) return undefined;
    if (depth >= this.bounds.maxDepth) {
      return {
        path: '',
        message: `is nested deeper than ${this.bounds.maxDepth} levels`,
        keyword: 'maxDepth',
      };
    }
    return Array.isArray(value) ? this.visitItems(value, depth + 1) : this.visitProperties(value, depth + 1);
  }

  private visitItems(items: readonly unknown[], depth: number): Issue | undefined {
    for (let index = 0; index < items.length; index += 1) {
      const issue = this.visit(items[index], depth);
      if (issue) return { ...issue, path: `/${index}${issue.path}` };
    }
    return undefined;
  }

  private visitProperties(object: object, depth: number): Issue | undefined {
    const prototype = Object.getPrototypeOf(object);
    if (prototype !== Object.prototype && prototype !== null) {
      return { path: '', message: 'must be JSON, not binary or an instance of a class', keyword: 'type' };
    }
    const names = Object.keys(object);
    if (names.length > this.bounds.maxProperties) {
      const message = `has more than ${this.bounds.maxProperties} properties`;
      return { path: '', message, keyword: 'maxProperties' };
    }
    for (const name of names) {
      const value: unknown = Reflect.get(object, name);
      this.size += name.length;
      const issue: Issue | undefined = isPollution(name, value)
        ? { path: '', message: 'is a forbidden property name', keyword: 'propertyNames' }
        : this.visit(value, depth);
      if (issue) return { ...issue, path: `/${toPointerToken(name)}${issue.path}` };
    }
    return undefined;
  }
}

/**
 * The first bound that a payload breaks, or `undefined`. It stops at that one, so its own cost is bounded.
 * It refuses, too, what no JSON Schema sees: binary, instances of classes, and property names that
 * pollute prototypes.
 */
export const findBoundsIssue = (value: unknown, bounds: PayloadBounds): Issue | undefined =>
  new BoundsWalk(bounds).visit(value, 0);
