import type { Rule } from '@wirepact/contract/tools';
import fc from 'fast-check';
import type { Random } from './random';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
/** Longest text where nothing asks for a longer one. */
const ORDINARY_LENGTH = 12;

const hex = (random: Random, length: number) =>
  Array.from({ length }, () => random.integer(0, 15).toString(16)).join('');

/** A text of each format that a contract may use. */
const OF_FORMAT: Readonly<Record<string, (random: Random) => string>> = {
  uuid: (random) => [8, 4, 4, 4, 12].map((length) => hex(random, length)).join('-'),
  date: () => '2020-02-29',
  time: () => '12:30:00Z',
  'date-time': () => '2020-02-29T12:30:00Z',
  duration: () => 'P1DT2H',
  email: () => 'ada@example.org',
  ipv4: () => '192.0.2.1',
  ipv6: () => '2001:db8::1',
  uri: () => 'https://example.org/a?b=c#d',
  'uri-reference': () => '/a?b=c#d',
  'json-pointer': () => '/a/0',
};

const ofPattern = (pattern: string, random: Random): string => {
  try {
    const matching = fc.stringMatching(new RegExp(pattern, 'u'), { maxLength: 40 });
    return fc.sample(matching, { numRuns: 1, seed: random.integer(0, 0x7fffffff) }).join('');
  } catch {
    // A pattern with what cannot be turned round, such as a look-ahead: links are what most of these let pass.
    return random.pick(['/a.png', 'https://example.org/a.png', 'a', 'A1', '1']);
  }
};

/** A text as rules ask for it, as far as one can tell. */
export function sampleText(rules: readonly Rule[], random: Random): string {
  let [min, max] = [1, Number.POSITIVE_INFINITY];
  for (const rule of rules) {
    if (rule.kind !== 'assertion') continue;
    const { assertion } = rule;
    if (assertion.is === 'format') return (OF_FORMAT[assertion.format] ?? (() => 'text'))(random);
    if (assertion.is === 'pattern') return ofPattern(assertion.pattern, random);
    if (assertion.is === 'minLength') min = Math.max(min, assertion.limit);
    if (assertion.is === 'maxLength') max = Math.min(max, assertion.limit);
  }
  const length = random.integer(Math.min(min, max), Math.min(max, Math.max(min, ORDINARY_LENGTH)));
  return Array.from({ length }, () => random.pick([...LETTERS])).join('');
}
