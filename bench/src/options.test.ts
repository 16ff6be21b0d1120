import { expect, test } from 'vitest';
import { parseCommandLine, SCENARIOS } from './options';

test('without options everything is measured, and nothing written', () => {
  expect(parseCommandLine([])).toMatchObject({
    scenarios: SCENARIOS,
    rounds: 16,
    fewRounds: 4,
    write: false,
  });
});

test('scenarios are measured in their own order, steady load only where it is named', () => {
  expect(parseCommandLine(['--only', 'memory', '--only', 'send'])?.scenarios).toEqual(['send', 'memory']);
  expect(parseCommandLine([])?.steadyMinutes).toBeUndefined();
  expect(parseCommandLine(['--only', 'steady'])).toMatchObject({ scenarios: [], steadyMinutes: 10 });
});

test('what is quick has few and short rounds of a part of the scenarios, or of those that are named', () => {
  const quick = parseCommandLine(['--quick']);
  expect(quick).toMatchObject({ isQuick: true, rounds: 3, fewRounds: 1, windowMs: 250 });
  expect(quick?.scenarios).not.toContain('list');
  expect(parseCommandLine(['--quick', '--only', 'list', '--rounds', '5'])).toMatchObject({
    ...{ rounds: 5, scenarios: ['list'] },
  });
});

test.each([
  [['--only', 'nothing'], /--only takes send, .*, not nothing/],
  [['--rounds', '0'], /--rounds takes a whole number from 1 to 1000, not 0/],
  [['--rounds', '1.5'], /--rounds/],
  [['--write', '--quick'], /--write is of everything/],
  [['--write', '--only', 'send'], /--write is of everything/],
  [['--only', 'steady', '--minutes', 'x'], /--minutes takes a number above 0/],
])('%j is refused', (args, message) => {
  expect(() => parseCommandLine(args)).toThrow(message);
});

test('a call for help measures nothing', () => {
  expect(parseCommandLine(['--help', '--only', 'send'])).toBeUndefined();
});
