import type { PayloadBounds } from './event';
import { type Issue, toPointerToken } from './issues';

const toIssue = (keyword: keyof PayloadBounds | 'type' | 'propertyNames', message: string): Issue => ({
  path: '',
  message,
  keyword,
});

const isPlain = (object: object): object is Readonly<Record<string, unknown>> => {
  const prototype: unknown = Object.getPrototypeOf(object);
  // The last one is `Object.prototype` of another realm: a frame, or a test runner's sandbox.
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
};

/** True for a name that becomes an attack where objects are merged: `__proto__`, `constructor.prototype`. */
const isPollution = (name: string, value: unknown) =>
  name === '__proto__' ||
  (name === 'constructor' &&
    typeof value === 'object' &&
    value !== null &&
    Object.hasOwn(value, 'prototype'));

/** One walk over one payload. */
interface BoundsWalk {
  readonly bounds: PayloadBounds;
  /** Counted so far. */
  size: number;
  /** The steps to what was found, the innermost first: filled on the way out. */
  readonly trail: string[];
}

/** The first thing that is wrong inside `value`; the trail has its place. */
function visit(walk: BoundsWalk, value: unknown, depth: number): Issue | undefined {
  const { maxSize } = walk.bounds;
  walk.size += typeof value === 'string' ? value.length + 1 : 1;
  if (walk.size > maxSize) return toIssue('maxSize', `takes the payload over ${maxSize} characters`);
  if (typeof value === 'object') return value === null ? undefined : visitInside(walk, value, depth);
  if (typeof value === 'string' || typeof value === 'boolean') return undefined;
  if (typeof value !== 'number') return toIssue('type', `must be JSON, not ${typeof value}`);
  return Number.isFinite(value) ? undefined : toIssue('type', `must be a number that JSON has, not ${value}`);
}

function visitInside(walk: BoundsWalk, value: object, depth: number): Issue | undefined {
  const { maxDepth } = walk.bounds;
  if (depth >= maxDepth) return toIssue('maxDepth', `is nested deeper than ${maxDepth} levels`);
  if (Array.isArray(value)) return visitItems(walk, value, depth + 1);
  if (isPlain(value)) return visitProperties(walk, value, depth + 1);
  return toIssue('type', 'must be JSON, not binary or an instance of a class');
}

function visitItems(walk: BoundsWalk, items: readonly unknown[], depth: number): Issue | undefined {
  if ('toJSON' in items) return toIssue('type', 'must be JSON, not an array that writes itself');
  for (let index = 0; index < items.length; index += 1) {
    const issue = visit(walk, items[index], depth);
    if (issue) return found(walk, issue, String(index));
  }
  return undefined;
}

function visitProperties(
  walk: BoundsWalk,
  object: Readonly<Record<string, unknown>>,
  depth: number,
): Issue | undefined {
  const names = Object.keys(object);
  const { maxProperties } = walk.bounds;
  if (
    names.length > maxProperties &&
    names.filter((name) => object[name] !== undefined).length > maxProperties
  )
    return toIssue('maxProperties', `has more than ${maxProperties} properties`);
  for (const name of names) {
    const value = object[name];
    if (value === undefined) continue;
    walk.size += name.length;
    const issue = isPollution(name, value)
      ? toIssue('propertyNames', 'is a forbidden property name')
      : visit(walk, value, depth);
    if (issue) return found(walk, issue, name);
  }
  return undefined;
}

function found(walk: BoundsWalk, issue: Issue, step: string): Issue {
  walk.trail.push(step);
  return issue;
}

/** What was found, with its path; a bound that only a circle has passed is told as the circle. */
function placed(issue: Issue, root: unknown, steps: readonly string[]): Issue {
  const around = new Set<unknown>();
  let [value, path] = [root, ''];
  for (const step of steps) {
    around.add(value);
    value = Reflect.get(Object(value), step);
    path += `/${toPointerToken(step)}`;
    if (around.has(value)) return { ...toIssue('type', 'contains itself, which JSON cannot say'), path };
  }
  return { ...issue, path };
}

/**
 * The first bound that a value breaks, or what in it is not JSON; `undefined` where all is well. It is one walk that
 * stops at what it finds, so its own cost is bounded. What JSON cannot say is refused, with its place: numbers that are
 * not finite, binary, instances of classes, functions, holes in arrays, circles; and so are property names that pollute
 * prototypes. A property that is `undefined` counts as missing, as JSON leaves it out.
 */
export function findBoundsIssue(value: unknown, bounds: PayloadBounds): Issue | undefined {
  if (value === undefined) return undefined;
  const walk: BoundsWalk = { bounds, size: 0, trail: [] };
  try {
    const issue = visit(walk, value, 0);
    return issue && placed(issue, value, walk.trail.reverse());
  } catch {
    return toIssue('type', 'must be JSON; it has a property that throws when it is read');
  }
}
