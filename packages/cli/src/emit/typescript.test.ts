import type { JsonSchemaObject } from '@wirepact/contract';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { documentOf, eventOf } from './test-documents';
import { emitTypes } from './typescript';
import { compile } from './typescript/test-compile';

const emit = (defs: Readonly<Record<string, JsonSchemaObject>>) => emitTypes(documentOf(defs));
const typeOf = (schema: JsonSchemaObject) =>
  emit({ X: schema })
    .replace(/^export (type X = |interface X )/, '')
    .replace(/;?\n$/, '');

test('an object is an interface that says what its type does not', () => {
  const text = emit({
    MoveCard: {
      description: 'Moves a card.',
      type: 'object',
      required: ['cardId', 'column'],
      properties: {
        cardId: { type: 'string', format: 'uuid', description: 'The card.' },
        column: { enum: ['todo', 'done'] },
        at: { $ref: '#/$defs/Place' },
      },
    },
    Place: {
      type: 'object',
      required: ['x'],
      properties: { x: { type: 'integer', minimum: 0, default: 1 } },
    },
  });
  expect(text).toBe(`/** Moves a card. */
export interface MoveCard {
  /**
   * The card.
   * Format: uuid.
   */
  cardId: string;
  column: 'todo' | 'done';
  at?: Place;
}

export interface Place {
  /** Whole number. At least 0. Default: \`1\`. */
  x: number;
}
`);
});

test('a type that does not say what it is says what it is for, by the first use that names it', () => {
  const plain: JsonSchemaObject = { type: 'object', properties: { at: { type: 'string' } } };
  const refer = (name: string) => ({ $ref: `#/$defs/${name}` as const });
  const text = emitTypes(
    documentOf(
      {
        ...{ Move: plain, Reply: plain, Card: plain, Lock: plain, Typing: plain, Place: plain },
        Other: plain,
      },
      {
        clientToServer: {
          move: eventOf({ description: 'Moves a card.', payload: refer('Move'), reply: refer('Reply') }),
          move_again: eventOf({ payload: refer('Move'), stream: refer('Card') }),
        },
        serverToClient: { moved: eventOf({ payload: refer('Place') }) },
        errors: { LOCKED: { description: '', retryable: false, action: '', data: refer('Lock') } },
        presence: { board: refer('Typing') },
      },
    ),
  );
  expect(text.match(/^(?:\/\*\*[^{]*\*\/\n)?export interface \w+/gm)).toEqual([
    '/**\n * The payload of `move`.\n * Moves a card.\n */\nexport interface Move',
    '/** The answer to `move`. */\nexport interface Reply',
    '/** One item of what `move_again` answers with. */\nexport interface Card',
    '/** What `LOCKED` tells besides. */\nexport interface Lock',
    '/** What a member of a room `board` does. */\nexport interface Typing',
    '/**\n * The payload of `moved`.\n * It happens.\n */\nexport interface Place',
    'export interface Other',
  ]);
});

describe('an expression', () => {
  test.each<[string, JsonSchemaObject]>([
    ['unknown', {}],
    ['never', { not: {} }],
    ['never', { anyOf: [false, { not: true }] }],
    ['string | null', { type: ['string', 'null'] }],
    ["'a' | 1 | null", { enum: ['a', 1, null] }],
    ["'a'", { enum: ['a', 1, null], type: 'string' }],
    ['1 | null', { enum: ['a', 1, 1.5, null, [], {}], type: ['integer', 'null'] }],
    ["{ a: [1, { 'b-c': null }] }", { const: { a: [1, { 'b-c': null }] } }],
    ['(string | number)[]', { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'integer' }] } }],
    ['unknown[]', { type: 'array' }],
    ['never[]', { type: 'array', items: false }],
    ['string[][]', { type: 'array', items: { type: 'array', items: { type: 'string' } } }],
    [
      '[string, (1 | 2)?]',
      { type: 'array', prefixItems: [{ type: 'string' }, { enum: [1, 2] }], items: false, minItems: 1 },
    ],
    [
      '[string, ...number[]]',
      { type: 'array', prefixItems: [{ type: 'string' }], items: { type: 'number' }, minItems: 1 },
    ],
    [
      'X & (A | B)',
      { allOf: [{ $ref: '#/$defs/X' }, { oneOf: [{ $ref: '#/$defs/A' }, { $ref: '#/$defs/B' }] }] },
    ],
    ['X', { $ref: '#/$defs/X', description: 'Beside it.' }],
    ['string', { type: 'string', not: { const: '' } }],
    ['object', { type: 'object' }],
    ['{\n  [name: string]: unknown;\n}', { type: 'object', additionalProperties: true }],
    [
      '{\n  [name: string]: X[];\n}',
      { type: 'object', additionalProperties: { type: 'array', items: { $ref: '#/$defs/X' } } },
    ],
    [
      '{\n  a?: string;\n  [name: string]: number | string | undefined;\n}',
      { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: { type: 'number' } },
    ],
    [
      '{\n  [name: string]: number;\n}',
      { type: 'object', patternProperties: { '^x-': { type: 'number' } }, additionalProperties: false },
    ],
    [
      '{\n  [name: string]: unknown;\n}',
      { type: 'object', patternProperties: { '^x-': { type: 'number' } } },
    ],
    [
      '{\n  a: { b: string };\n}',
      {
        type: 'object',
        required: ['a'],
        properties: { a: { type: 'object', required: ['b'], properties: { b: { type: 'string' } } } },
      },
    ],
    ['{ a: unknown } | { b: unknown }', { anyOf: [{ required: ['a'] }, { required: ['b'] }] }],
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword.
    ['string | number', { if: { type: 'string' }, then: { type: 'string' }, else: { type: 'number' } }],
  ])('%s', (expected, schema) => {
    const others = { A: {}, B: {} };
    const text = emitTypes(documentOf({ X: schema, ...others }));
    const declaration = text.slice(0, text.indexOf('\nexport type A'));
    expect(
      declaration.replace(/^(\/\*\*.*\n)?export (type X = |interface X )/, '').replace(/;?\n$/, ''),
    ).toBe(expected);
  });

  test('of a long union has a line for each part', () => {
    const long = [
      'backlog',
      'selected for development',
      'in progress',
      'in review',
      'in testing',
      'released',
    ];
    expect(typeOf({ type: 'object', properties: { state: { type: 'array', items: { enum: long } } } })).toBe(
      `{\n  state?: (\n${long.map((name) => `    | '${name}'\n`).join('')}  )[];\n}`,
    );
  });
});

test('types may refer to themselves and have the names of globals', () => {
  const text = emit({
    Object: {
      type: 'object',
      properties: { next: { $ref: '#/$defs/Object' }, map: { $ref: '#/$defs/Map' } },
    },
    Map: { type: 'object', additionalProperties: { $ref: '#/$defs/Array' } },
    Array: { type: 'array', items: { $ref: '#/$defs/Record' } },
    Record: { anyOf: [{ type: 'string' }, { $ref: '#/$defs/Array' }] },
  });
  const use = `import type { Object as O } from './emitted';\nexport const o: O = { next: { map: { a: ['b', [['c']]] } } };`;
  expect(compile({ 'emitted.ts': text, 'use.ts': use })).toEqual([]);
});

/** Documentation as an editor reads it: the comment of every property, and its tags. */
function readDocs(text: string): { comment: unknown; tags: string[] }[] {
  const { statements } = ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest, true);
  const members = statements.flatMap((node) => (ts.isInterfaceDeclaration(node) ? [...node.members] : []));
  return members.flatMap((member) =>
    ts
      .getJSDocCommentsAndTags(member)
      .flatMap((node) =>
        ts.isJSDoc(node)
          ? [{ comment: node.comment, tags: (node.tags ?? []).map(({ tagName }) => tagName.text) }]
          : [],
      ),
  );
}

describe('a description', () => {
  const docOf = (description: string, more: JsonSchemaObject = {}) =>
    readDocs(emit({ X: { type: 'object', properties: { a: { type: 'string', description, ...more } } } }));

  test('cannot end its comment', () => {
    expect(docOf('a */ b\n/* c */', { pattern: '^*/' })).toEqual([
      { comment: 'a *\\/ b\n/* c *\\/\nMatches `^*\\/`.', tags: [] },
    ]);
  });

  test('cannot begin a tag', () => {
    expect(
      docOf('@deprecated is a word.\n  @see this, mail a@b.example or @c').map(({ tags }) => tags),
    ).toEqual([[]]);
  });

  test('with `deprecated` strikes the name through', () => {
    expect(docOf('Old.', { deprecated: true })).toEqual([{ comment: 'Old.', tags: ['deprecated'] }]);
  });

  test('keeps its lines, and any characters', () => {
    expect(docOf('Größe — “weit” 🌍.\r\n\r\nSecond `code`.')).toEqual([
      { comment: 'Größe — “weit” 🌍.\n\nSecond `code`.', tags: [] },
    ]);
  });
});

test('a contract without types gives an empty module', () => {
  expect(emit({})).toBe('export {};\n');
});
