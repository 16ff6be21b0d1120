import type { Rule, Shape } from '@wirepact/contract/tools';
import type { Random } from './random';

/** A shape with one branch of each choice, and nothing inside it that is about the value itself but its own rules. */
export interface FlatShape {
  /** `undefined` for any type at all. */
  readonly types: Shape['types'];
  readonly rules: readonly Rule[];
}

/** Finds the shapes that others refer to by name. */
export type TypeOf = (name: string) => Shape;

type Types = Shape['types'];

/** The types that both allow; an integer is a number. */
function bothTypes(left: Types, right: Types): Types {
  if (!left || !right) return left ?? right;
  const isIn = (types: readonly string[], type: string) =>
    types.includes(type) || (type === 'integer' && types.includes('number'));
  return [
    ...left.filter((type) => isIn(right, type)),
    ...right.filter((type) => !left.includes(type) && isIn(left, type)),
  ];
}

/** All that several shapes ask of one value, with branches picked at random. */
export function flatten(shapes: readonly Shape[], typeOf: TypeOf, random: Random): FlatShape {
  let types: Types;
  const rules: Rule[] = [];
  const add = (shape: Shape): void => {
    if (shape.refersTo !== undefined) {
      add(typeOf(shape.refersTo));
      return;
    }
    types = bothTypes(types, shape.types);
    for (const rule of shape.rules) {
      if (rule.kind === 'all') rule.shapes.forEach(add);
      else if (rule.kind === 'any' || rule.kind === 'one') {
        const possible = rule.shapes.filter((one) => !one.isNothing);
        if (possible.length > 0) add(random.pick(possible));
      } else if (rule.kind === 'if') {
        if (random.next() < 0.5) [rule.condition, rule.then].forEach(add);
        else add(rule.else);
      } else rules.push(rule);
    }
  };
  shapes.forEach(add);
  return { types, rules };
}
