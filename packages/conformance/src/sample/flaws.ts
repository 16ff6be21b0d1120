import type { PayloadBounds } from '@wirepact/contract/runtime';
import { type LimitKeyword, type Shape, toPointerToken } from '@wirepact/contract/tools';
import { isFields } from '../wire/packet';
import type { TypeOf } from './flat-shape';
import { nested } from './nested';
import { limitsIn } from './shape-limits';

/** What can be wrong with a payload. */
export type FlawKind =
  | 'bounds of numbers'
  | 'forbidden names'
  | 'ids'
  | 'lengths of lists'
  | 'lengths of texts'
  | 'missing properties'
  | 'no object'
  | 'other texts'
  | 'properties too many'
  | 'too deep'
  | 'too large'
  | 'too wide'
  | 'wrong types';

/** A payload that was right but for one thing. */
export interface Flawed {
  readonly kind: FlawKind;
  /** JSON Pointer to what is wrong. */
  readonly path: string;
  readonly payload: unknown;
}

const OF_EACH_TYPE: readonly unknown[] = [null, true, 7, 'text', ['item'], { some: 'thing' }];
const OTHER_TEXTS = ['none-of-these', 'no-uuid', '', '\u0000', 'javascript:alert(1)', 'A B\n'];
/** Larger payloads may be over the frame that a server reads, which ends the connection. */
const MAX_SIZE = 500_000;

/** Something else in one place of a value. */
type Replace = (replacement: unknown) => unknown;

/** `object` with one more property, also where it is called `__proto__`. */
function withProperty(object: object, name: string, value: unknown): object {
  const result = { ...object };
  Object.defineProperty(result, name, { value, enumerable: true, configurable: true, writable: true });
  return result;
}

const near = (limits: ReadonlySet<number>, ...offsets: readonly number[]) =>
  [...limits].toSorted((a, b) => a - b).flatMap((limit) => offsets.map((offset) => limit + offset));

/** Makes everything in a payload wrong, one thing at a time; what its schema has no objection to is among it. */
class FlawWalk {
  readonly found: Flawed[] = [];

  constructor(private readonly limits: ReadonlyMap<LimitKeyword, ReadonlySet<number>>) {}

  visit(value: unknown, path: string, replace: Replace): void {
    const add = (kind: FlawKind, replacements: readonly unknown[]) => {
      for (const replacement of replacements) this.found.push({ kind, path, payload: replace(replacement) });
    };
    if (path !== '') add('wrong types', OF_EACH_TYPE);
    if (typeof value === 'string') this.texts(add);
    if (typeof value === 'number') this.numbers(add);
    if (Array.isArray(value)) this.list(value, path, replace, add);
    else if (isFields(value)) this.object(value, path, replace, add);
  }

  private limit(keyword: LimitKeyword): ReadonlySet<number> {
    return this.limits.get(keyword) ?? new Set();
  }

  private texts(add: (kind: FlawKind, replacements: readonly unknown[]) => void): void {
    const lengths = [...near(this.limit('minLength'), -1), ...near(this.limit('maxLength'), 1)];
    add(
      'lengths of texts',
      lengths.filter((length) => length >= 0).map((length) => 'x'.repeat(length)),
    );
    add('other texts', OTHER_TEXTS);
  }

  private numbers(add: (kind: FlawKind, replacements: readonly unknown[]) => void): void {
    const lower = [...this.limit('minimum'), ...this.limit('exclusiveMinimum')];
    const upper = [...this.limit('maximum'), ...this.limit('exclusiveMaximum')];
    add('bounds of numbers', [...near(new Set(lower), -1, 0), ...near(new Set(upper), 1, 0), 0.5, -1, 1e21]);
  }

  private list(
    items: readonly unknown[],
    path: string,
    replace: Replace,
    add: (kind: FlawKind, replacements: readonly unknown[]) => void,
  ): void {
    const lengths = [...near(this.limit('minItems'), -1), ...near(this.limit('maxItems'), 1)];
    const possible = lengths.filter((length) => length >= 0 && (length === 0 || items.length > 0));
    add(
      'lengths of lists',
      possible.map((length) => Array.from({ length }, (_, index) => items[index % items.length])),
    );
    for (const [index, item] of items.entries())
      this.visit(item, `${path}/${index}`, (replacement) => replace(items.toSpliced(index, 1, replacement)));
  }

  private object(
    object: Readonly<Record<string, unknown>>,
    path: string,
    replace: Replace,
    add: (kind: FlawKind, replacements: readonly unknown[]) => void,
  ): void {
    add('properties too many', [{ ...object, nobodyKnowsThis: 1 }]);
    for (const [name, value] of Object.entries(object)) {
      const at = `${path}/${toPointerToken(name)}`;
      const { [name]: _left, ...rest } = object;
      this.found.push({ kind: 'missing properties', path: at, payload: replace(rest) });
      this.visit(value, at, (replacement) => replace({ ...object, [name]: replacement }));
    }
  }
}

function outOfBounds(payload: object, { maxDepth, maxProperties, maxSize }: PayloadBounds): Flawed[] {
  const many = Object.fromEntries(Array.from({ length: maxProperties + 1 }, (_, index) => [`k${index}`, 1]));
  const flaws: Flawed[] = [
    { kind: 'too deep', path: '', payload: { ...payload, more: nested(maxDepth + 1) } },
    { kind: 'too wide', path: '', payload: { ...payload, more: many } },
  ];
  const text = 'x'.repeat(Math.min(maxSize, MAX_SIZE) + 1);
  return maxSize > MAX_SIZE
    ? flaws
    : [...flaws, { kind: 'too large', path: '', payload: { ...payload, more: text } }];
}

function forbiddenNames(payload: object): Flawed[] {
  const polluted: unknown = JSON.parse('{"__proto__":{"polluted":true}}');
  return [
    withProperty(payload, '__proto__', { polluted: true }),
    { ...payload, more: polluted },
    { ...payload, constructor: { prototype: { polluted: true } } },
  ].map((flawed) => ({ kind: 'forbidden names', path: '', payload: flawed }));
}

/**
 * Payloads that are wrong in one thing each, made from one that is right. Some may be right all the same: whoever asks
 * leaves out what the check of the event has no objection to.
 */
export function listFlaws(payload: unknown, shape: Shape, typeOf: TypeOf, bounds: PayloadBounds): Flawed[] {
  const walk = new FlawWalk(limitsIn(shape, typeOf));
  walk.visit(payload, '', (replacement) => replacement);
  const others: Flawed[] = [...OF_EACH_TYPE, [payload]].map((one) => ({
    kind: 'no object',
    path: '',
    payload: one,
  }));
  const object = isFields(payload) ? payload : {};
  return [...walk.found, ...others, ...outOfBounds(object, bounds), ...forbiddenNames(object)];
}
