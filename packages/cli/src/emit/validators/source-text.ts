/** Stands for the value under test in a {@link Test}. A character no emitted text has: all is escaped to ASCII. */
export const VALUE = '\uE000';

/** JavaScript text of a boolean expression about {@link VALUE}. */
export type Test = string;

/** A JSON value as a JavaScript literal in ASCII. */
export const literal = (value: unknown): string => toAscii(JSON.stringify(value));

/** A text with every other character escaped as JavaScript's string and RegExp literals (flag `u` or not) have it. */
export const toAscii = (text: string): string =>
  text.replace(/[^\n\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** True for a name that a module may export. */
export const isIdentifier = (name: string): boolean => /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(name);

/** True for a name that may stand behind a dot, in ASCII. */
const isPlainName = (name: string) => /^[A-Za-z_$][\w$]*$/.test(name);

/**
 * Text that reads an own property; `undefined` where there is none. Names that every object inherits take
 * `Object.hasOwn`, all others the plain read, which is the fastest there is.
 */
export function ownProperty(object: string, name: string): string {
  if (name in Object.prototype) return `own(${object},${literal(name)})`;
  return isPlainName(name) ? `${object}.${name}` : `${object}[${literal(name)}]`;
}

/** `name` as the key of an object literal: `__proto__`, too, names a property like any other. */
export function propertyKey(name: string): string {
  if (name === '__proto__') return '["__proto__"]';
  return isPlainName(name) ? name : literal(name);
}

/** All of the tests; the empty list holds. */
export function and(tests: readonly Test[]): Test {
  if (tests.includes('false')) return 'false';
  return tests.filter((test) => test !== 'true').join('&&') || 'true';
}

/** Any of the tests; the empty list does not hold. Brackets itself where it has to. */
export function or(tests: readonly Test[]): Test {
  if (tests.includes('true')) return 'true';
  const open = tests.filter((test) => test !== 'false');
  return open.length > 1 ? `(${open.join('||')})` : (open[0] ?? 'false');
}

/** The opposite of a test. */
export function not(test: Test): Test {
  if (test === 'true') return 'false';
  return test === 'false' ? 'true' : `!(${test})`;
}

/** A test with `value` in the place of its placeholder. */
export const applied = (test: Test, placeholder: string, value: string): Test =>
  test.replaceAll(placeholder, () => value);
