import { readFileSync } from 'node:fs';
import { toContractDocument } from '@wirepact/cli';
import { defineContract, defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { expect, test } from 'vitest';
import { PROFILES } from '../cli/options';
import { listChecks } from '../conformance';
import { formatRules } from './coverage';
import { formatJunit } from './junit';
import { formatMarkdown } from './markdown';
import { formatNotChecked, NOT_CHECKED } from './not-checked';
import type { Report } from './report';
import { listRules } from './rules';
import { formatProgress, formatTable } from './terminal';

const of = { profile: 'document', transport: 'websocket' } as const;
const report: Report = {
  url: 'http://localhost:3000',
  seed: 1,
  results: [
    { ...of, rule: 'JOIN-8', title: 'a join is answered', outcome: 'passed' },
    {
      ...of,
      rule: 'ACK-4',
      title: 'status',
      says: 'status: "success"',
      outcome: 'failed',
      message: 'a | <b>\u0000',
    },
    { ...of, transport: 'polling', rule: 'LOG-4', title: 'logs', outcome: 'skipped', message: 'none' },
    { ...of, transport: 'polling', rule: 'LOG-6', title: 'more', outcome: 'unknown', message: 'no time' },
  ],
};

test('the table has what is not right, and the document’s word on it', () => {
  expect(formatTable(report, false).split('\n')).toEqual([
    'document, websocket: 1 passed, 1 failed',
    '  ✗ ACK-4        status',
    '      a | <b>\u0000',
    '      The document: status: "success"',
    '',
    'document, polling: 0 passed, 1 skipped, 1 not found out',
    '  - LOG-4        logs',
    '      none',
    '  ? LOG-6        more',
    '      no time',
    '',
    'http://localhost:3000: 1 passed, 1 failed, 1 skipped, 1 not found out (seed 1)',
  ]);
  expect(formatTable(report, true)).toContain('  ✓ JOIN-8       a join is answered');
});

test('progress is one short line', () => {
  const [first] = report.results;
  if (first) expect(formatProgress(first, 7, 120)).toBe('  7/120 websocket JOIN-8 a join is answered');
  const long = { ...of, rule: 'JOIN-8', title: 'x'.repeat(200), outcome: 'passed' } as const;
  expect(formatProgress(long, 7, 120)).toHaveLength(78);
});

test('Markdown keeps its cells apart', () => {
  expect(formatMarkdown(report)).toContain('| ACK-4 | status | failed | a \\| &lt;b>\u0000 |');
});

test('JUnit counts, and has nothing that XML cannot have', () => {
  const xml = formatJunit(report);
  expect(xml).toContain(
    '<testsuite name="document, websocket" tests="2" failures="1" errors="0" skipped="0">',
  );
  expect(xml).toContain('<testsuite name="document, polling" tests="2" failures="0" errors="1" skipped="1">');
  expect(xml).toContain('<failure message="a | &lt;b&gt;"/>');
  expect(xml).toContain('<testcase classname="document.websocket" name="JOIN-8 a join is answered"/>');
});

test('the rules are those of both specifications, with what they say', () => {
  const rules = listRules();
  expect(rules.length).toBeGreaterThan(250);
  expect(rules.find(({ id }) => id === 'ACK-4')?.text).toMatch(/^`messageAck.status` is `success`/);
  expect(rules.filter(({ id, text }) => id === '' || text === '')).toEqual([]);
});

test('every rule is checked, or it is said why it is not', () => {
  const room = { name: 'room', property: 'roomId' } as const;
  const payload = Type.Object({ roomId: Type.String() });
  const contract = defineContract({
    name: 'everything',
    version: '1.0.0',
    presence: { room: Type.Object({}) },
    clientToServer: {
      say: defineEvent({ description: 'Says.', payload, room }),
      read: defineEvent({ description: 'Reads.', stream: Type.Object({}) }),
    },
    serverToClient: { said: defineEvent({ description: 'Said.', payload, durable: true, room }) },
  });
  const checks = listChecks({ profiles: PROFILES, contract: toContractDocument(contract), floods: true });
  const checked = new Set(checks.map(({ rule }) => rule));
  const known = NOT_CHECKED.flatMap(({ rules }) => rules);
  expect([...checked, ...known].toSorted()).toEqual(
    listRules()
      .map(({ id }) => id)
      .toSorted(),
  );
});

test('the page has the table of what is not', () => {
  const page = readFileSync(new URL('../../../../docs/conformance.md', import.meta.url), 'utf8');
  expect(page).toContain(formatNotChecked());
});

test('what is not checked is said', () => {
  const lines = formatRules([{ profile: 'document', rule: 'ACK-4' }]).split('\n');
  expect(lines.find((line) => line.includes(' ACK-4 '))).toMatch(/^✓ ACK-4 +document 1 /);
  expect(lines.find((line) => line.includes(' CONN-1 '))).toMatch(
    /^ {2}CONN-1 +not checked .*\(Not checked, as it is about what the host sets/,
  );
  expect(lines.at(-1)).toMatch(/^1 of \d+ rules are checked from outside\.$/);
});
