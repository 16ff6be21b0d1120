import { isDeepStrictEqual } from 'node:util';
import { isFields } from '../wire/packet';
import { Violation } from './violation';

const MAX_SHOWN = 160;

/** A value for a message: short, and the same in every run, whatever ids it holds. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  const steady = text.replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi, '<uuid>');
  return steady.length > MAX_SHOWN ? `${steady.slice(0, MAX_SHOWN)}…` : steady;
}

/** @throws Violation Where `condition` does not hold: `problem` says what is wrong. */
export function must(condition: unknown, problem: string): asserts condition {
  if (!condition) throw new Violation(problem);
}

/** @throws Violation Where `actual` is another value. */
export function mustEqual(actual: unknown, expected: unknown, what: string): void {
  must(isDeepStrictEqual(actual, expected), `${what} is ${show(actual)}, not ${show(expected)}`);
}

/** Looks at some properties of an object; others may be there besides. @throws Violation */
export function mustHave(actual: unknown, expected: Readonly<Record<string, unknown>>, what: string): void {
  must(isFields(actual), `${what} is ${show(actual)}, not an object`);
  for (const [name, value] of Object.entries(expected)) mustEqual(actual[name], value, `${what}.${name}`);
}
