import { interpret, type Rule, type Shape } from '@wirepact/contract/tools';
import { type FlatShape, flatten, type TypeOf } from './flat-shape';
import { sampleNumber } from './numbers';
import type { Random } from './random';
import { sampleText } from './texts';

/** How much of what may be left out is there: nothing, everything that is named, or some of it. */
export type Fullness = 'least' | 'most' | 'some';

const TRIES = 60;
const MAX_DEPTH = 6;
/** Items beside those that have to be there. */
const MORE_ITEMS = 2;

type RuleOf<Kind extends Rule['kind']> = Extract<Rule, { kind: Kind }>;
const rulesOf = <Kind extends Rule['kind']>({ rules }: FlatShape, kind: Kind): RuleOf<Kind>[] =>
  rules.filter((rule): rule is RuleOf<Kind> => rule.kind === kind);

/** The limit that a keyword sets, or `otherwise`. */
function limitOf({ rules }: FlatShape, keyword: string, otherwise: number): number {
  const limits = rules.flatMap((rule) =>
    rule.kind === 'assertion' && rule.assertion.is === keyword && 'limit' in rule.assertion
      ? [rule.assertion.limit]
      : [],
  );
  return limits[0] ?? otherwise;
}

/** One walk down a shape. */
class SampleWalk {
  constructor(
    private readonly typeOf: TypeOf,
    private readonly random: Random,
    private readonly fullness: Fullness,
  ) {}

  value(shapes: readonly Shape[], depth: number): unknown {
    const flat = flatten(shapes, this.typeOf, this.random);
    const choices = rulesOf(flat, 'assertion').flatMap(({ assertion }) =>
      assertion.is === 'choice' ? [assertion.values] : [],
    );
    const [values] = choices;
    if (values && values.length > 0) return this.random.pick(values);
    const type = this.random.pick(flat.types ?? [this.typeFrom(flat)]);
    switch (type) {
      case 'object':
        return this.object(flat, depth);
      case 'array':
        return this.array(flat, depth);
      case 'string':
        return sampleText(flat.rules, this.random);
      case 'boolean':
        return this.random.next() < 0.5;
      case 'null':
        return null;
      default:
        return sampleNumber(flat.rules, type === 'integer', this.random);
    }
  }

  /** A type that the rules are about, where none is said. */
  private typeFrom({ rules }: FlatShape) {
    const groups = rules.flatMap(({ on }) => on ?? []);
    return this.random.pick(groups.length > 0 ? groups : (['string', 'integer', 'object'] as const));
  }

  private isThere(depth: number): boolean {
    if (depth >= MAX_DEPTH || this.fullness === 'least') return false;
    return this.fullness === 'most' || this.random.next() < 0.5;
  }

  private object(flat: FlatShape, depth: number): object {
    const properties = new Map<string, RuleOf<'property'>[]>();
    for (const rule of rulesOf(flat, 'property'))
      properties.set(rule.name, [...(properties.get(rule.name) ?? []), rule]);
    const entries: [string, unknown][] = [];
    for (const [name, rules] of properties) {
      const shapes = rules.map(({ shape }) => shape);
      const isRequired = rules.some(({ required }) => required);
      if (!isRequired && (shapes.some((shape) => shape.isNothing) || !this.isThere(depth))) continue;
      entries.push([name, this.value(shapes, depth + 1)]);
    }
    const least = limitOf(flat, 'minProperties', 0) - entries.length;
    const more = Math.max(least, properties.size === 0 && this.isThere(depth) ? 1 : 0);
    for (let index = 0; index < more; index += 1) entries.push(this.entry(flat, depth, index));
    return Object.fromEntries(entries);
  }

  /** A property that no rule names. */
  private entry(flat: FlatShape, depth: number, index: number): [string, unknown] {
    const names = rulesOf(flat, 'names').map(({ shape }) => shape);
    const meant = rulesOf(flat, 'entries');
    const pattern = meant.flatMap(({ names: filter }) => ('matching' in filter ? [filter.matching] : []))[0];
    const shapes = meant
      .filter(({ names: filter }) => 'matching' in filter === (pattern !== undefined))
      .map(({ shape }) => shape);
    const name = pattern
      ? sampleText(
          [{ kind: 'assertion', assertion: { is: 'pattern', pattern }, keyword: '', message: '' }],
          this.random,
        )
      : names.length > 0
        ? String(this.value(names, depth + 1))
        : `key${index}`;
    return [name, this.value(shapes, depth + 1)];
  }

  private array(flat: FlatShape, depth: number): unknown[] {
    const min = limitOf(flat, 'minItems', 0);
    const max = Math.min(limitOf(flat, 'maxItems', Number.POSITIVE_INFINITY), min + MORE_ITEMS);
    const contains = rulesOf(flat, 'contains');
    const isLeast = (this.fullness === 'least' && contains.length === 0) || depth >= MAX_DEPTH;
    const length = isLeast ? min : this.random.integer(Math.min(1, max), max);
    const items = rulesOf(flat, 'items');
    return Array.from({ length }, (_, index) => {
      const own = rulesOf(flat, 'item').filter((rule) => rule.index === index);
      const rest = items.filter(({ from }) => index >= from);
      const shapes = [...own, ...rest, ...contains.filter(({ min: count }) => index < count)];
      return this.value(
        shapes.map(({ shape }) => shape),
        depth + 1,
      );
    });
  }
}

/**
 * A value that matches a shape; `undefined` where none was found, such as for a pattern that nobody can guess.
 *
 * @param accepts What the value has to satisfy besides. Default: nothing.
 */
export function sampleValue(
  shape: Shape,
  typeOf: TypeOf,
  random: Random,
  fullness: Fullness,
  accepts: (value: unknown) => boolean = () => true,
): unknown {
  const { check } = interpret(shape, typeOf);
  for (let tries = 0; tries < TRIES; tries += 1) {
    // What is asked for cannot always be had: with some of it left out there may be a value.
    const walk = new SampleWalk(typeOf, random, tries < TRIES / 2 ? fullness : 'some');
    const value = walk.value([shape], 0);
    if (check(value) && accepts(value)) return value;
  }
  return undefined;
}
