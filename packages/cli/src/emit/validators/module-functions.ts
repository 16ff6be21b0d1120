/** Functions of emitted modules by their names, which they use of each other. */
export type ModuleFunctions = Readonly<Record<string, string>>;

/** Functions that tests use, in either module. */
export const TESTING: ModuleFunctions = {
  isObject: `(value) => typeof value === 'object' && value !== null && !Array.isArray(value)`,
  own: '(object, name) => Object.hasOwn(object, name) ? object[name] : undefined',
  // One that is undefined is not there, as JSON leaves it out.
  namesOf: '(object) => Object.keys(object).filter((name) => object[name] !== undefined)',
  countCharacters: `(text) => {
  let count = 0;
  for (const character of text) count++;
  return count;
}`,
  // Few texts are as long as that: those within the bounds whatever their characters are not counted.
  hasAtMost: '(text, max) => text.length <= max || (text.length <= 2 * max && countCharacters(text) <= max)',
  hasAtLeast: '(text, min) => text.length >= 2 * min || (text.length >= min && countCharacters(text) >= min)',
  // A minute of 61 seconds ends a day of UTC.
  isTime: `(pattern, text) => {
  const parts = pattern.exec(text);
  if (parts === null) return false;
  const [, hour, minute, second, sign, hours, minutes] = parts;
  if (second < 60) return true;
  const offset = sign ? (sign + 1) * (60 * hours + +minutes) : 0;
  return (60 * hour + +minute - offset + 1) % 1440 === 0;
}`,
  // A number as its decimal digits and the power of ten behind them: 4.35 is a multiple of 0.01, as people count.
  toDecimal: `(number) => {
  const [digits, exponent] = number.toExponential().split('e');
  const [whole, fraction = ''] = digits.split('.');
  return [BigInt(whole + fraction), exponent - fraction.length];
}`,
  isMultiple: `(number, divisor) => {
  if (Number.isSafeInteger(number) && Number.isSafeInteger(divisor)) return number % divisor === 0;
  const [dividend, power] = toDecimal(number);
  const [other, otherPower] = toDecimal(divisor);
  const least = Math.min(power, otherPower);
  return (dividend * 10n ** BigInt(power - least)) % (other * 10n ** BigInt(otherPower - least)) === 0n;
}`,
  // Equal values have equal texts, however their properties are ordered.
  toCanonical: `(value) => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return '[' + value.map(toCanonical) + ']';
  return '{' + namesOf(value).sort().map((name) => JSON.stringify(name) + toCanonical(value[name])) + '}';
}`,
  isUnique: '(list) => new Set(list.map(toCanonical)).size === list.length',
};

/** Text of a lister of properties, given as objects of required ones and of optional ones by turns. */
const listerOfProperties = (read: string, token: string) => `(...groups) => {
  const list = groups.flatMap((group, index) =>
    Object.entries(group).map(([name, shape]) => ({ name, token: ${token}, shape, isOptional: index % 2 })));
  return (value, path, report) => {
    for (const { name, token, shape, isOptional } of list) {
      const inner = ${read};
      if (inner !== undefined) explain(shape, inner, path + token, report);
      else if (!isOptional) report(path + token, 'is required', 'required');
    }
  };
}`;

/** Functions of the module that lists issues. A lister is a function of a value, its path, and where to report. */
export const LISTING: ModuleFunctions = {
  // A shape is a lister, which answers nothing, or a check, by which a lister is kept for what does not pass.
  explain: `(shape, value, path, report) => {
  if (!shape(value, path, report)) listers.get(shape)?.(value, path, report);
}`,
  // Where the list is full, what is thrown ends the walk of a value that is wrong all over.
  listOf: `(shape, value, path) => {
  const issues = [];
  try {
    explain(shape, value, path, (path, message, keyword) => {
      if (issues.every((issue) => issue.path !== path || issue.message !== message)) issues.push({ path, message, keyword });
      if (issues.length > 7) throw issues;
    });
  } catch (thrown) {
    if (thrown !== issues) throw thrown;
  }
  return issues;
}`,
  matches: "(shape, value) => listOf(shape, value, '').length === 0",
  toToken: `(name) => {
  const shown = name.length > 128 ? name.slice(0, 128) + '\\u2026' : name;
  return '/' + shown.replaceAll('~', '~0').replaceAll('/', '~1');
}`,
  fault: '(message, keyword) => (value, path, report) => report(path, message, keyword)',
  holds: `(test, message, keyword, at = '') => (value, path, report) => {
  if (!test(value)) report(path + at, message, keyword);
}`,
  all: `(...shapes) => (value, path, report) => {
  for (const shape of shapes) explain(shape, value, path, report);
}`,
  about: `(test, ...shapes) => (value, path, report) => {
  if (test(value)) all(...shapes)(value, path, report);
}`,
  typed: `(types, test, ...rules) => (value, path, report) => {
  if (!test(value)) report(path, 'must be ' + types, 'type');
  else for (const rule of rules) rule(value, path, report);
}`,
  array: "(...rules) => typed('array', Array.isArray, ...rules)",
  boolean: "(...rules) => typed('boolean', (value) => typeof value === 'boolean', ...rules)",
  integer: "(...rules) => typed('integer', Number.isInteger, ...rules)",
  nothing: "(...rules) => typed('null', (value) => value === null, ...rules)",
  number: "(...rules) => typed('number', Number.isFinite, ...rules)",
  object: "(...rules) => typed('object', isObject, ...rules)",
  string: "(...rules) => typed('string', (value) => typeof value === 'string', ...rules)",
  // By their names as they are, which is what most are.
  properties: listerOfProperties('value[name]', "'/' + name"),
  anyProperties: listerOfProperties('name in {} ? own(value, name) : value[name]', 'toToken(name)'),
  entries: `(isMeant, shape) => (value, path, report) => {
  for (const name of namesOf(value)) if (isMeant(name)) explain(shape, value[name], path + toToken(name), report);
}`,
  items: `(from, shape) => (value, path, report) => {
  for (let index = from; index < value.length; index++) explain(shape, value[index], path + '/' + index, report);
}`,
  item: `(index, shape) => (value, path, report) => {
  if (value.length > index) explain(shape, value[index], path + '/' + index, report);
}`,
  // A value that matches no branch is explained by what each has against it.
  any: `(shapes) => (value, path, report) => {
  const lists = shapes.map((shape) => listOf(shape, value, path));
  if (lists.some((list) => list.length === 0)) return;
  for (const issue of lists.flat()) report(issue.path, issue.message, issue.keyword);
}`,
  // An object is explained by the branch that its tag names.
  tagged: `(name, values, shapes) => (value, path, report) => {
  if (!isObject(value)) return any(shapes)(value, path, report);
  const tag = own(value, name);
  const at = path + toToken(name);
  const shape = shapes[values.findIndex((some) => some.includes(tag))];
  if (tag === undefined) report(at, 'is required', 'required');
  else if (shape) explain(shape, value, path, report);
  else report(at, 'must be one of ' + JSON.stringify(values.flat()), 'enum');
}`,
};

/** Texts may hold any word. */
const withoutTexts = (code: string) => code.replace(/(["'])(?:\\.|(?!\1).)*\1/g, "''");

/** A name on its own, not that of a property. */
const isUse = (name: string) => new RegExp(`(?<![.\\w])${name}(?![\\w:])`);

/** True where `code` uses what is called `name`. */
export const uses = (code: string, name: string): boolean => isUse(name).test(withoutTexts(code));

/** Declarations of those of the functions that `code` uses, itself or through others, by name; without the `given`. */
export function functionsOf(
  code: string,
  functions: ModuleFunctions,
  given: ReadonlySet<string> = new Set(),
): Map<string, string> {
  const used = new Set<string>();
  const add = (text: string) => {
    for (const [name, source] of Object.entries(functions)) {
      if (used.has(name) || given.has(name) || !uses(text, name)) continue;
      used.add(name);
      add(source);
    }
  };
  add(code);
  const inOrder = Object.entries(functions).filter(([name]) => used.has(name));
  return new Map(inOrder.map(([name, source]) => [name, `const ${name} = ${source};`]));
}
