import type { JsonSchemaObject } from '@wirepact/contract';
import { describe, expect, it } from 'vitest';
import { CHANGE_KINDS } from './contract-change';
import { diffContracts } from './diff';
import { DOCUMENT_ROWS } from './testing/test-document-rows';
import { documentOf, eventOf } from './testing/test-documents';
import { SCHEMA_ROWS } from './testing/test-schema-rows';

describe.each(DOCUMENT_ROWS.map((row) => [`${row.path} ${row.kind}: ${row.level}`, row] as const))(
  '%s',
  (_, row) => {
    it('is the one change found', () => {
      const { changes } = diffContracts(row.before, row.after);
      const { kind, level, path } = row;
      expect(changes).toEqual([expect.objectContaining({ kind, level, path })]);
      expect(changes[0]?.message).toContain(row.message);
    });
  },
);

/** The others are about names and words, of which no receiver knows. */
const judged = DOCUMENT_ROWS.flatMap(({ refused, ...row }) => (refused ? [{ ...row, refused }] : []));

it.each(judged)('$path $kind: $level, as receivers confirm', ({ refused, before, after, level }) => {
  expect(refused(before, after)).toBe(level === 'breaking');
});

it('has a row for every kind of change', () => {
  const rows = new Set([...SCHEMA_ROWS, ...DOCUMENT_ROWS].map(({ kind }) => kind));
  expect(CHANGE_KINDS.filter((kind) => !rows.has(kind))).toEqual([]);
});

it('asks for the part of the version that the gravest change needs', () => {
  const same = documentOf();
  expect(diffContracts(same, documentOf({ version: '1.0.1' }))).toEqual({ bump: 'none', changes: [] });
  const bumps = DOCUMENT_ROWS.map(({ before, after }) => diffContracts(before, after).bump);
  const expected = { breaking: 'major', feature: 'minor', patch: 'patch' } as const;
  expect(bumps).toEqual(DOCUMENT_ROWS.map(({ level }) => expected[level]));
});

it.each([
  ['a property that has to be there no longer', { required: ['at'] }, {}],
  ['a property that has to be there from now on', {}, { required: ['at'] }],
  ['a value that old clients do not know', { enum: [{}] }, { enum: [{}, { at: 1 }] }],
  ['a value that only old clients send', { enum: [{}, { at: 1 }] }, { enum: [{}] }],
])('judges the state of a member from both sides, as clients send it and get it: %s', (_, was, is) => {
  const document = (state: object) =>
    documentOf({
      presence: { board: { $ref: '#/$defs/State' } },
      $defs: { State: { type: 'object', ...state } },
    });
  expect(diffContracts(document(was), document(is)).bump).toBe('major');
});

const durable = (column: object, parts: Parameters<typeof eventOf>[0] = { durable: true }) =>
  documentOf({
    serverToClient: { it: eventOf({ payload: { $ref: '#/$defs/It' }, ...parts }) },
    $defs: { It: { type: 'object', properties: { column } } },
  });

it.each([
  ['a text that is shorter', { type: 'string', maxLength: 40 }, { type: 'string', maxLength: 20 }],
  ['a value fewer', { enum: ['a', 'b'] }, { enum: ['a'] }],
])('asks of a durable event that its journals can still be read: %s', (_, was, is) => {
  const { bump, changes } = diffContracts(durable(was), durable(is));
  expect(bump).toBe('major');
  expect(changes).toEqual([expect.objectContaining({ reason: expect.stringContaining('Rooms keep') })]);
  expect(diffContracts(durable(was, {}), durable(is, {})).bump).toBe('minor');
  expect(diffContracts(durable(is), durable(was)).bump).toBe('major');
});

it('lets a durable event have something more', () => {
  const more = (properties: NonNullable<JsonSchemaObject['properties']>) =>
    documentOf({
      serverToClient: { it: eventOf({ payload: { $ref: '#/$defs/It' }, durable: true }) },
      $defs: { It: { type: 'object', properties } },
    });
  expect(diffContracts(more({ a: {} }), more({ a: {}, b: { type: 'string' } })).bump).toBe('minor');
});

it('says of a durable event that is removed what becomes of what was kept', () => {
  const { changes } = diffContracts(durable({}), documentOf());
  expect(changes).toContainEqual(
    expect.objectContaining({ kind: 'event-removed', reason: expect.stringContaining('rooms keep') }),
  );
});

it('says of a new event whether old clients ignore it, or have to answer', () => {
  const reasonOf = (parts: Parameters<typeof eventOf>[0]) =>
    diffContracts(documentOf(), documentOf({ serverToClient: { it: eventOf(parts) }, $defs: { It: {} } }))
      .changes[0];
  expect(reasonOf({})).toMatchObject({ level: 'feature', reason: expect.stringContaining('ignore') });
  expect(reasonOf({ reply: { $ref: '#/$defs/It' } })).toMatchObject({
    level: 'feature',
    reason: expect.stringContaining('answer that they do not know it'),
  });
});
