import { DEFAULT_BOUNDS, type JsonSchemaObject } from '@wirepact/contract';
import type { ContractDocument, EventDocument } from '../contract-document';

/** A document for tests with these types, and the parts of `more`. */
export const documentOf = (
  $defs: Readonly<Record<string, JsonSchemaObject>>,
  more: Partial<ContractDocument> = {},
): ContractDocument => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:wirepact:test:1.0.0',
  title: 'test',
  version: '1.0.0',
  errors: {},
  clientToServer: {},
  serverToClient: {},
  ...more,
  $defs,
});

/** An event for tests with the parts of `more`. */
export const eventOf = (more: Partial<EventDocument> = {}): EventDocument => ({
  description: 'It happens.',
  errors: [],
  limits: DEFAULT_BOUNDS,
  examples: [],
  since: '1.0',
  ...more,
});

/** A small contract with everything that is usual. */
export const boardDocument: ContractDocument = {
  ...documentOf({
    MoveCard: {
      type: 'object',
      required: ['boardId', 'cardId', 'column'],
      properties: {
        boardId: { type: 'string', format: 'uuid', description: 'The board.' },
        cardId: { type: 'string', format: 'uuid', description: 'The card.' },
        column: { enum: ['todo', 'done'] },
        at: { $ref: '#/$defs/Place' },
      },
    },
    Place: {
      title: 'Place',
      type: 'object',
      required: ['x'],
      properties: { x: { type: 'integer', minimum: 0 } },
    },
    MoveCardReply: {
      type: 'object',
      required: ['position'],
      properties: { position: { type: 'integer', description: 'Where the card is now.' } },
    },
    CardMoved: {
      description: 'Where a card went.',
      type: 'object',
      required: ['cardId'],
      properties: { cardId: { type: 'string' }, boardId: { type: 'string' } },
      additionalProperties: true,
    },
  }),
  $id: 'urn:wirepact:board:1.0.0',
  title: 'board',
  errors: {
    CARD_NOT_FOUND: { description: 'No such card.', retryable: false, action: 'Reload the board.' },
  },
  clientToServer: {
    move_card: eventOf({
      description: 'Move a card. Everybody at the board sees it move.',
      payload: { $ref: '#/$defs/MoveCard' },
      reply: { $ref: '#/$defs/MoveCardReply' },
      errors: ['CARD_NOT_FOUND'],
      examples: [
        {
          boardId: '00000000-0000-0000-0000-000000000000',
          cardId: '123e4567-e89b-12d3-a456-426614174000',
          column: 'done',
        },
      ],
      room: { name: 'board', property: 'boardId' },
    }),
    refresh: eventOf({ description: 'Ask for the board again.' }),
  },
  serverToClient: {
    cardMoved: eventOf({
      description: 'A card was moved.',
      payload: { $ref: '#/$defs/CardMoved' },
      since: '1.1',
      deprecated: 'Use `cardPlaced`.',
      room: { name: 'board', property: 'boardId' },
    }),
  },
};

const awkwardText: JsonSchemaObject = { type: 'string', pattern: '^[a|`]+ */$' };

/** A contract with what is not usual: awkward names and texts, every kind of schema. */
export const awkwardDocument: ContractDocument = documentOf(
  {
    Größe: { enum: ['a|b', 'c`d', '*/', '\\', null, 1, { deep: ['<b>'] }] },
    Tree: {
      description: 'A tree | with pipes,\nlines and <tags> */ @deprecated `a|b`.',
      type: 'object',
      required: ['constructor', 'undeclared'],
      properties: {
        constructor: awkwardText,
        'it’s "quoted"': { type: ['string', 'null'], deprecated: true, description: '| `|` */' },
        children: { type: 'array', items: { $ref: '#/$defs/Tree' }, maxItems: 9, uniqueItems: true },
        sizes: { $ref: '#/$defs/Größe', description: 'Beside a reference.' },
      },
      dependentRequired: { children: ['sizes'] },
    },
    Object: {
      type: 'object',
      properties: {
        a: {
          type: 'object',
          properties: {
            b: { type: 'array', items: { type: 'object', properties: { 'c.d': { const: 0 } } } },
          },
        },
        pair: {
          type: 'array',
          prefixItems: [{ type: 'string' }, { type: 'number' }],
          items: false,
          minItems: 2,
        },
        choice: {
          type: 'array',
          items: { anyOf: [{ type: 'string' }, { $ref: '#/$defs/Tree' }, { type: 'null' }] },
        },
        some: { type: 'array', contains: { const: 1 }, minContains: 2 },
        empty: { type: 'object' },
        never: { not: {} },
      },
      additionalProperties: { type: 'integer', exclusiveMinimum: 0, multipleOf: 5 },
    },
    Both: { allOf: [{ $ref: '#/$defs/Tree' }, { $ref: '#/$defs/Object' }] },
    Ack: {},
  },
  {
    clientToServer: {
      'card:moved!': eventOf({ payload: { $ref: '#/$defs/Both' }, reply: { $ref: '#/$defs/Größe' } }),
      'card:moved?': eventOf({ payload: { $ref: '#/$defs/Ack' }, examples: [null, { '`': '```' }] }),
      ping: eventOf(),
    },
    serverToClient: {
      ping: eventOf({ payload: { $ref: '#/$defs/Tree' }, room: { name: 'root', property: 'it’s "quoted"' } }),
      größer: eventOf({ payload: { $ref: '#/$defs/Object' }, room: { name: 'my.room', property: 'a' } }),
      'größe|r': eventOf({
        payload: { $ref: '#/$defs/Object' },
        room: { name: 'my.room', property: 'pair' },
      }),
    },
  },
);
