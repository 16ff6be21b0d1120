import { expect, test } from 'vitest';
import type { Figure } from './figure';
import { parseCommandLine } from './options';
import { toResults } from './results-file';

const FIGURE: Figure = {
  ...{ title: 'send', unit: 'µs', decimals: 1, baseline: 'plain', goals: { ours: 0.6 } },
  samples: new Map([
    ['ours', [5]],
    ['plain', [10]],
  ]),
};

test('the page says of each scenario what met its goal, shows its plot and lists its figures', () => {
  const commandLine = parseCommandLine(['--rounds', '7']);
  if (!commandLine) throw new Error('The command line asks for help.');
  const page = toResults(new Map([['send', [FIGURE]]]), commandLine);
  expect(page).toMatch(/Medians of 7 interleaved rounds of 400 ms/);
  expect(page.match(/^(#|-|!|\|).*/gm)).toEqual([
    '# The last run',
    '## Goals',
    '- send, µs: wirepact: 0.50 × plain socket.io; goal ≤ 0.6: met',
    '## Ratios',
    '![Ratios of send, which are below](./plots/send.svg)',
    '## Figures',
    ...[expect.stringMatching(/^\| measured/), expect.stringMatching(/^\| -+/)],
    ...[expect.stringMatching(/wirepact/), expect.stringMatching(/plain socket.io/)],
  ]);
});
