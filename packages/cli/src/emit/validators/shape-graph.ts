import type { Shape } from '@wirepact/contract/tools';

/** Shapes that the rules of a shape are about, one for each use. */
export const shapesWithin = (shape: Shape): Shape[] =>
  shape.rules.flatMap((rule) => {
    switch (rule.kind) {
      case 'assertion':
      case 'code':
        return [];
      case 'all':
      case 'any':
      case 'one':
        return [...rule.shapes];
      case 'if':
        return [rule.condition, rule.then, rule.else];
      default:
        return [rule.shape];
    }
  });

/** Every shape that the given ones are made of, inner ones first, with how often it is used. */
export function countUses(roots: Iterable<Shape>): Map<Shape, number> {
  const uses = new Map<Shape, number>();
  const entered = new Set<Shape>();
  const use = (shape: Shape) => {
    if (!entered.has(shape)) {
      entered.add(shape);
      shapesWithin(shape).forEach(use);
    }
    uses.set(shape, (uses.get(shape) ?? 0) + 1);
  };
  for (const root of roots) use(root);
  return uses;
}
