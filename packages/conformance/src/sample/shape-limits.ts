import type { LimitKeyword, Rule, Shape } from '@wirepact/contract/tools';
import type { TypeOf } from './flat-shape';

function shapesIn(rule: Rule): readonly Shape[] {
  if ('shapes' in rule) return rule.shapes;
  if (rule.kind === 'if') return [rule.condition, rule.then, rule.else];
  return 'shape' in rule ? [rule.shape] : [];
}

/** The numbers that a shape, and everything inside it, compares with. */
export function limitsIn(shape: Shape, typeOf: TypeOf): ReadonlyMap<LimitKeyword, ReadonlySet<number>> {
  const limits = new Map<LimitKeyword, Set<number>>();
  const seen = new Set<Shape>();
  const visit = (one: Shape): void => {
    if (seen.has(one)) return;
    seen.add(one);
    if (one.refersTo !== undefined) visit(typeOf(one.refersTo));
    for (const rule of one.rules) {
      if (rule.kind === 'assertion' && 'limit' in rule.assertion) {
        const { is, limit } = rule.assertion;
        limits.set(is, (limits.get(is) ?? new Set()).add(limit));
      }
      shapesIn(rule).forEach(visit);
    }
  };
  visit(shape);
  return limits;
}
