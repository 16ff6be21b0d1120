import type { Rule, Shape, Tag } from './shape';

type Property = Extract<Rule, { kind: 'property' }>;

/** The properties that a value of a shape must have. */
const requiredOf = ({ rules }: Shape): readonly Property[] =>
  rules.flatMap((rule) => {
    if (rule.kind === 'all') return rule.shapes.flatMap(requiredOf);
    return rule.kind === 'property' && rule.required ? [rule] : [];
  });

const isPlain = (value: unknown) => typeof value !== 'object' || value === null;

/** The values that a shape lists; `undefined` where it lists none, or some that are not plain. */
function choicesOf({ rules }: Shape): readonly unknown[] | undefined {
  for (const rule of rules) {
    if (rule.kind !== 'assertion' || rule.assertion.is !== 'choice') continue;
    const { values } = rule.assertion;
    return values.every(isPlain) ? values : undefined;
  }
  return undefined;
}

const mayBeObject = ({ types }: Shape) => types?.includes('object') ?? true;

/** What the branches say of the property `name`, where each that is about objects lists values of its own. */
function readTag(name: string, shapes: readonly Shape[]): Tag | undefined {
  const values: (readonly unknown[])[] = [];
  for (const shape of shapes) {
    const property = requiredOf(shape).find((one) => one.name === name);
    const choices = mayBeObject(shape) ? property && choicesOf(property.shape) : [];
    if (!choices) return undefined;
    values.push(choices);
  }
  const all = values.flat();
  return new Set(all).size === all.length ? { name, values } : undefined;
}

/**
 * The tag of a union: a property that every branch about objects requires, each with values of its own. It tells which
 * branch is meant by a value that matches none.
 */
export function findTag(shapes: readonly Shape[]): Tag | undefined {
  const objects = shapes.filter(mayBeObject);
  const [first] = objects;
  if (!first || objects.length < 2) return undefined;
  for (const { name } of requiredOf(first)) {
    const tag = readTag(name, shapes);
    if (tag) return tag;
  }
  return undefined;
}
