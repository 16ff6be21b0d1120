import { expect, test } from 'vitest';
import { parseCommandLine, SCENARIOS } from './options';

test('without options everything is measured, and nothing written', () => {
  expect(parseCommandLine([])).toMatchObject({
    scenarios: SCENARIOS,
    rounds: 16,
    memoryRounds: 4,
    write: false,
  });
});

test('scenarios are measured in their own order, steady load only where it is named', () => {
  expect(parseCommandLine(['--only', 'memory', '--only', 'send'])?.scenarios).toEqual(['send', 'memory']);
  expect(parseCommandLine([])?.steadyMinutes).toBeUndefined();
  expect(parseCommandLine(['--only', 'steady'])).toMatchObject({ scenarios: [], steadyMinutes: 10 });
});

test.each([
  [['--only', 'nothing'], /--only takes send, .*, not nothing/],
  [['--rounds', '0'], /--rounds takes a whole number from 1 to 1000, not 0/],
  [['--rounds', '1.5'], /--rounds/],
  [['--only', 'steady', '--minutes', 'x'], /--minutes takes a number above 0/],
])('%j is refused', (args, message) => {
  expect(() => parseCommandLine(args)).toThrow(message);
});

test('a call for help measures nothing', () => {
  expect(parseCommandLine(['--help', '--only', 'send'])).toBeUndefined();
});
