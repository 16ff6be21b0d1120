/** Functions that emitted modules have where they use them. Those of one module may use each other. */
const SHARED: Readonly<Record<string, string>> = {
  isObject: `(value) => typeof value === 'object' && value !== null && !Array.isArray(value)`,
  own: '(object, name) => Object.hasOwn(object, name) ? object[name] : undefined',
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
  return '{' + Object.keys(value).sort().map((name) => JSON.stringify(name) + toCanonical(value[name])) + '}';
}`,
  isUnique: '(items) => new Set(items.map(toCanonical)).size === items.length',
};

/** Functions of the module that lists issues. A shape is a function of value, path and the list it adds to. */
const LISTING: Readonly<Record<string, string>> = {
  report: `(issues, path, message, keyword) => {
  const isNew = issues.every((issue) => issue.path !== path || issue.message !== message);
  if (isNew && issues.length < 8) issues.push({ path, message, keyword });
}`,
  wrongType: `(issues, path, types) => report(issues, path, 'must be ' + types, 'type')`,
  toToken: `(name) => {
  const shown = name.length > 128 ? name.slice(0, 128) + '\\u2026' : name;
  return '/' + shown.replaceAll('~', '~0').replaceAll('/', '~1');
}`,
  required: `(value, token, shape, path, issues) => {
  if (value === undefined) report(issues, path + token, 'is required', 'required');
  else shape(value, path + token, issues);
}`,
  optional: `(value, token, shape, path, issues) => {
  if (value !== undefined) shape(value, path + token, issues);
}`,
  items: `(values, from, shape, path, issues) => {
  for (let index = from; index < values.length; index++) shape(values[index], path + '/' + index, issues);
}`,
  listOf: `(shape, value, path) => {
  const issues = [];
  shape(value, path, issues);
  return issues;
}`,
  matches: `(shape, value) => listOf(shape, value, '').length === 0`,
  // A value that matches no branch is explained by what each has against it.
  branches: `(shapes, value, path, issues) => {
  const lists = shapes.map((shape) => listOf(shape, value, path));
  const matching = lists.filter((list) => list.length === 0).length;
  if (matching === 0) for (const issue of lists.flat()) report(issues, issue.path, issue.message, issue.keyword);
  return matching;
}`,
  listing: `(shape) => (value) => listOf(shape, value, '')`,
};

const declare = ([name, text]: [string, string]) => `const ${name} = ${text};`;

/** The name of a function, not that of a property or in a text. */
const isUse = (name: string) => new RegExp(`(?<![.\\w"'/])${name}(?![\\w"':])`);

/** Declarations of the functions that `body` uses, itself or through others. */
export function runTimeOf(body: string): string {
  const functions = Object.entries({ ...SHARED, ...LISTING });
  const used = new Map<string, string>();
  const add = (text: string) => {
    for (const [name, source] of functions) {
      if (used.has(name) || !isUse(name).test(text)) continue;
      used.set(name, source);
      add(source);
    }
  };
  add(body);
  return functions
    .filter(([name]) => used.has(name))
    .map(declare)
    .join('\n');
}
