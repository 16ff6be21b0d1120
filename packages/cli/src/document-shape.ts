import type { PayloadBounds, Room, StreamResume } from '@wirepact/contract/runtime';
import type { JsonSchema, JsonSchemaObject } from '@wirepact/contract/tools';
import type { ContractDocument, ErrorDocument, EventDocument, SchemaReference } from './contract-document';

/** Objects with these properties and any others; the compiler asks for those of `Whole` that are forgotten. */
const object = <Whole>(
  properties: Readonly<Record<keyof Whole & string, JsonSchema>>,
  ...optional: readonly (keyof Whole & string)[]
): JsonSchemaObject => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.some((one) => one === name)),
});

const named = (additionalProperties: JsonSchema): JsonSchemaObject => ({
  type: 'object',
  additionalProperties,
});
const text: JsonSchemaObject = { type: 'string' };
const limit: JsonSchemaObject = { type: 'integer', minimum: 0 };

const reference = object<SchemaReference>({ $ref: { type: 'string', pattern: '^#/\\$defs/' } });
const limits = object<PayloadBounds>({ maxDepth: limit, maxProperties: limit, maxSize: limit });
const room = object<Room>({ name: text, property: text, fallback: text }, 'fallback');
const error = object<ErrorDocument>(
  { description: text, retryable: { type: 'boolean' }, action: text, data: reference },
  'data',
);

const event = object<EventDocument>(
  {
    description: text,
    payload: reference,
    reply: reference,
    stream: reference,
    resume: object<StreamResume>({ item: text, payload: text }),
    durable: { type: 'boolean' },
    key: text,
    errors: { type: 'array', items: text },
    limits,
    examples: { type: 'array' },
    since: text,
    deprecated: text,
    room,
    actor: text,
  },
  ...(['payload', 'reply', 'stream', 'resume', 'durable', 'key', 'deprecated', 'room', 'actor'] as const),
);

/** The shape of a contract document as JSON Schema, with every property it may have. */
export const DOCUMENT: JsonSchemaObject = object<ContractDocument>(
  {
    $schema: { const: 'https://json-schema.org/draft/2020-12/schema' },
    $id: text,
    title: text,
    version: text,
    extends: named(text),
    errors: named(error),
    presence: named(reference),
    clientToServer: named(event),
    serverToClient: named(event),
    $defs: named({ type: 'object' }),
  },
  'extends',
  'presence',
);
