import type { JsonSchemaObject } from '@wirepact/contract';
import { describe, expect, test } from 'vitest';
import { live } from '../test-live-contract';
import { toContractDocument } from './contract-document';
import { emitMarkdown } from './markdown';
import { awkwardDocument, boardDocument, documentOf, eventOf } from './test-documents';

/** Lines of the section of an event, whose payload is as `schema` says. */
function sectionOf(
  schema: JsonSchemaObject,
  others: Readonly<Record<string, JsonSchemaObject>> = {},
): string[] {
  const clientToServer = { it: eventOf({ payload: { $ref: '#/$defs/X' } }) };
  const page = emitMarkdown(documentOf({ X: schema, ...others }, { clientToServer }));
  const section = page.slice(page.indexOf('**Payload**'), page.indexOf('**Reply**'));
  return section.split('\n').filter((line) => line !== '');
}

const rowsOf = (...parameters: Parameters<typeof sectionOf>) =>
  sectionOf(...parameters).filter((line) => line.startsWith('| ') && !/^\| (Field|---)/.test(line));

test('a page has contents, events in both directions, types and errors', () => {
  expect(emitMarkdown(boardDocument).split('\n\n')).toEqual([
    '# board',
    'Version 1.0.0.',
    `- [Client to server](#client-to-server)
  - [\`move_card\`](#client-move_card): Move a card.
  - [\`refresh\`](#client-refresh): Ask for the board again.
- [Server to client](#server-to-client)
  - [\`cardMoved\`](#server-cardMoved): (deprecated) A card was moved.
- [Types](#types)
  - [\`Place\`](#type-Place)
- [Errors](#errors)`,
    '## Client to server',
    '### <a id="client-move_card"></a>`move_card`',
    'Move a card. Everybody at the board sees it move.',
    'Since 1.0.',
    '**Payload** `MoveCard`',
    `| Field | Type | Required | Constraints | Description |
| --- | --- | --- | --- | --- |
| \`boardId\` | \`string\` | yes | Format: uuid. | The board. |
| \`cardId\` | \`string\` | yes | Format: uuid. | The card. |
| \`column\` | \`'todo' \\| 'done'\` | yes |  |  |
| \`at\` | [\`Place\`](#type-Place) | no |  |  |`,
    '**Reply** `MoveCardReply`',
    `| Field | Type | Required | Constraints | Description |
| --- | --- | --- | --- | --- |
| \`position\` | \`number\` | yes | Whole number. | Where the card is now. |`,
    '**Room** a `board`, named by `boardId`',
    '**Errors** [`CARD_NOT_FOUND`](#error-CARD_NOT_FOUND)',
    '**Limits** 16 levels deep, 128 properties in an object, 131,072 characters in all',
    '**Example**',
    `\`\`\`json
{
  "boardId": "00000000-0000-0000-0000-000000000000",
  "cardId": "123e4567-e89b-12d3-a456-426614174000",
  "column": "done"
}
\`\`\``,
    '### <a id="client-refresh"></a>`refresh`',
    'Ask for the board again.',
    'Since 1.0.',
    '**Payload** none',
    '**Reply** none: the acknowledgement’s `data` is `null`.',
    '## Server to client',
    '### <a id="server-cardMoved"></a>`cardMoved`',
    'A card was moved.',
    'Since 1.1.',
    '> **Deprecated:** Use `cardPlaced`.',
    '**Payload** `CardMoved`',
    'Where a card went.',
    `| Field | Type | Required | Constraints | Description |
| --- | --- | --- | --- | --- |
| \`cardId\` | \`string\` | yes |  |  |
| \`boardId\` | \`string\` | no |  |  |`,
    '**Room** a `board`, named by `boardId`',
    '## Types',
    '### <a id="type-Place"></a>`Place`',
    `| Field | Type | Required | Constraints | Description |
| --- | --- | --- | --- | --- |
| \`x\` | \`number\` | yes | Whole number. At least 0. |  |`,
    '## Errors',
    `| Code | Meaning | Retry as it is | What to do |
| --- | --- | --- | --- |
| <a id="error-CARD_NOT_FOUND"></a>\`CARD_NOT_FOUND\` | No such card. | no | Reload the board. |\n`,
  ]);
});

test('a section says what an event is about, and who acts', () => {
  const room = { name: 'board', property: 'boardId', fallback: 'board' };
  const clientToServer = { move: eventOf({ payload: { $ref: '#/$defs/X' }, room, actor: 'by' }) };
  const blocks = emitMarkdown(documentOf({ X: {} }, { clientToServer })).split('\n\n');
  expect(blocks).toContain('**Room** a `board`, named by `boardId`, or by `board` where that is missing');
  expect(blocks).toContain('**Actor** named by `by`');
});

describe('a table of fields', () => {
  const text = { type: 'string', description: 'A text.' } as const;

  test('has what is nested below it, with its path', () => {
    const inner = { type: 'object', required: ['b'], properties: { b: text } } as const;
    const schema = {
      type: 'object',
      properties: { a: inner, list: { type: 'array', items: inner } },
    } as const;
    expect(rowsOf(schema)).toEqual([
      '| `a` | `object` | no |  |  |',
      '| `a.b` | `string` | yes |  | A text. |',
      '| `list` | `object[]` | no |  |  |',
      '| `list[].b` | `string` | yes |  | A text. |',
    ]);
  });

  test('says what properties without a name are like', () => {
    const open = {
      type: 'object',
      properties: { a: text },
      additionalProperties: { type: 'integer' },
    } as const;
    const matching = {
      type: 'object',
      properties: { a: text },
      patternProperties: { '^x|y': text },
    } as const;
    expect(rowsOf(open)[1]).toBe('| any other | `number` | no | Whole number. |  |');
    expect(rowsOf(matching)[1]).toBe('| any that matches `^x\\|y` | `string` | no |  | A text. |');
  });

  test('links every type, also of several', () => {
    const schema = {
      type: 'object',
      properties: { a: { anyOf: [{ $ref: '#/$defs/Y' }, { $ref: '#/$defs/Z' }] } },
    } as const;
    expect(rowsOf(schema, { Y: {}, Z: {} })).toEqual([
      '| `a` | `Y \\| Z` (see [`Y`](#type-Y), [`Z`](#type-Z)) | no |  |  |',
    ]);
  });

  test('stays whole with pipes, line breaks, tags and backticks', () => {
    const a = {
      type: 'string',
      deprecated: true,
      description: 'a | b\n<i> \\| `<c>`',
      pattern: '`|`',
    } as const;
    expect(rowsOf({ type: 'object', properties: { 'x|y`': a } })).toEqual([
      '| `` x\\|y` `` | `string` | no | Matches `` `\\|` ``. | **Deprecated.** a \\| b &lt;i> \\| `<c>` |',
    ]);
  });
});

describe('what is more than an object', () => {
  test('has its type written out, and a table of what there is to say', () => {
    const schema = {
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'string' } },
      anyOf: [
        { type: 'object', required: ['a'] },
        { type: 'object', required: ['b'] },
      ],
    } as const;
    expect(sectionOf(schema)).toEqual([
      '**Payload** `X`',
      'Type: `object & ({ a: unknown } | { b: unknown })`',
      '| Field | Type | Required | Constraints | Description |',
      '| --- | --- | --- | --- | --- |',
      '| `a` | `string` | no |  |  |',
      '| `b` | `string` | no |  |  |',
    ]);
  });

  test('has no rows for what is only there or not', () => {
    const isThere = { type: 'object', required: ['a'], properties: { a: {} } } as const;
    const isNotThere = { type: 'object', properties: { a: { not: {} }, b: true } } as const;
    const properties = { a: { type: 'string' } } as const;
    expect(sectionOf({ type: 'object', properties, anyOf: [isThere, isNotThere] }).slice(1)).toEqual([
      'Type: `object & ({ a: unknown } | { a?: never; b?: unknown })`',
      '| Field | Type | Required | Constraints | Description |',
      '| --- | --- | --- | --- | --- |',
      '| `a` | `string` | no |  |  |',
    ]);
  });

  test('needs no table', () => {
    expect(sectionOf({ type: 'array', items: { type: 'string', minLength: 2 }, maxItems: 3 })).toEqual([
      '**Payload** `X`',
      'Type: `string[]`',
      'At most 3 items. Each item: at least 2 characters.',
    ]);
  });

  test('is on one line, however long', () => {
    const names = [
      'backlog',
      'selected for development',
      'in progress',
      'in review',
      'in testing',
      'released',
    ];
    expect(sectionOf({ enum: names })[1]).toBe(`Type: \`${names.map((name) => `'${name}'`).join(' | ')}\``);
  });
});

test('every link has a place to go to, and every place a name of its own', () => {
  for (const document of [boardDocument, awkwardDocument]) {
    const page = emitMarkdown(document);
    const places = [...page.matchAll(/<a id="([^"]*)"/g)].map(([, id]) => id);
    const titles = [...page.matchAll(/^## (.*)$/gm)].map(([, title = '']) =>
      title.toLowerCase().replaceAll(' ', '-'),
    );
    const links = [...page.matchAll(/\]\(#([^)]*)\)/g)].map(([, link]) => link);
    expect(links.length).toBeGreaterThan(3);
    expect(links.filter((link) => ![...places, ...titles].includes(link ?? ''))).toEqual([]);
    expect(new Set(places).size).toBe(places.length);
  }
});

test('an example may have backticks', () => {
  expect(emitMarkdown(awkwardDocument)).toContain('````json\n{\n  "`": "```"\n}\n````');
});

test('codes that any event may fail with are said once', () => {
  const errors = {
    INTERNAL: { description: 'The server | failed.', retryable: true, action: 'Try\nagain.' },
  };
  const page = emitMarkdown(documentOf({}, { errors }));
  expect(page).toContain('Any event may fail with `INTERNAL`;');
  expect(page).toContain('`INTERNAL` | The server \\| failed. | yes | Try again. |');
});

test('an empty contract has a page, too', () => {
  expect(emitMarkdown(documentOf({}))).toBe('# test\n\nVersion 1.0.0.\n');
});

describe('a contract with all that events may have', () => {
  const text = emitMarkdown(toContractDocument(live));
  const sectionOf = (anchor: string) => text.split(`<a id="${anchor}">`)[1]?.split('\n### ')[0] ?? '';

  test('says what a stream has, and how it goes on', () => {
    const section = sectionOf('client-list_cards');
    expect(section).toContain('**Stream of** `ListCardsItem`');
    expect(section).toContain('| `title` | `string` | yes |');
    expect(section).toContain('where `after` names the `id` of the last item');
    expect(section).not.toContain('**Reply**');
  });

  test('says what is durable, what names a send, and what a client answers', () => {
    expect(sectionOf('server-cardMoved')).toMatch(
      /\*\*Durable\*\* .*journal.*\n\n\*\*Key\*\* `moveId`: tells whoever/,
    );
    expect(sectionOf('client-move_card')).toContain('**Key** `moveId`: a send that is repeated');
    expect(sectionOf('client-move_card')).not.toContain('Durable');
    expect(sectionOf('server-confirm_move')).toContain('**Reply** `ConfirmMoveReply`');
  });

  test('says which rooms have presence, and links to what members do', () => {
    expect(text).toContain('- [Presence](#presence)');
    expect(text).toContain('| `board` | [`BoardPresence`](#type-BoardPresence) |');
    expect(sectionOf('type-BoardPresence')).toContain('| `typing` | `boolean` | no |');
    expect(emitMarkdown(boardDocument)).not.toContain('Presence');
  });

  test('says what errors tell besides, and links to it', () => {
    expect(text).toContain('| What to do | Data |');
    expect(text).toContain('| Wait until it is put down. | [`CardLockedData`](#type-CardLockedData) |');
    expect(text).toContain('### <a id="type-CardLockedData">');
    expect(emitMarkdown(boardDocument)).not.toContain('| Data |');
  });
});
