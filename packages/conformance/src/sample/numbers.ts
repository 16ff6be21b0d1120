import type { Rule } from '@wirepact/contract/tools';
import type { Random } from './random';

/** How far from a bound a number is at most. */
const SPREAD = 1_000;

/** A number within the bounds that rules set, as far as they have any. */
export function sampleNumber(rules: readonly Rule[], isInteger: boolean, random: Random): number {
  let [min, max, step] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, isInteger ? 1 : 0];
  for (const rule of rules) {
    if (rule.kind !== 'assertion' || !('limit' in rule.assertion)) continue;
    const { is, limit } = rule.assertion;
    if (is === 'minimum') min = Math.max(min, limit);
    if (is === 'maximum') max = Math.min(max, limit);
    if (is === 'exclusiveMinimum')
      min = Math.max(min, isInteger ? Math.floor(limit) + 1 : limit + Number.EPSILON);
    if (is === 'exclusiveMaximum')
      max = Math.min(max, isInteger ? Math.ceil(limit) - 1 : limit - Number.EPSILON);
    if (is === 'multipleOf') step = limit;
  }
  const lowest = Number.isFinite(min) ? min : Number.isFinite(max) ? max - SPREAD : 0;
  const highest = Math.min(max, lowest + SPREAD);
  if (step === 0) return lowest + random.next() * (highest - lowest);
  const first = Math.ceil(lowest / step);
  return random.integer(first, Math.max(first, Math.floor(highest / step))) * step;
}
