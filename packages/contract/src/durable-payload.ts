import { WirepactError } from './error';
import { isObject } from './is-object';
import type { JournalPosition } from './journal-position';
import type { PayloadSchema } from './payload-schema';
import type { SchemaLike, ValueOf } from './schema-like';

/** What a durable event carries for what it was declared with. */
export type DurableSchemaOf<Declared extends SchemaLike | undefined> = Declared extends SchemaLike
  ? PayloadSchema<ValueOf<Declared> & JournalPosition>
  : undefined;

const POSITION = {
  epoch: {
    type: 'string',
    minLength: 1,
    maxLength: 64,
    description: 'Names one life of the room’s journal: in another one numbers start anew.',
  },
  seq: {
    type: 'integer',
    minimum: 0,
    maximum: Number.MAX_SAFE_INTEGER,
    description: '1, 2, 3 … in the room’s journal, without gaps.',
  },
} as const;

const hasProperties = (schema: unknown): schema is { readonly properties: object } =>
  isObject(schema) && 'type' in schema && schema.type === 'object' && 'properties' in schema;

/**
 * The payload of a durable event, with its place in the journal where the declaration has none.
 * @throws WirepactError `INVALID_CONTRACT` where it is no object schema of TypeBox, to which properties can be added.
 */
export function withPosition<Schema extends SchemaLike>(schema: Schema | undefined, place: string): Schema {
  if (schema !== undefined && hasProperties(schema)) {
    // TypeBox keeps some of what it knows in properties that a spread leaves out.
    const copy: Schema = Object.create(null, Object.getOwnPropertyDescriptors(schema));
    const properties = { ...schema.properties, ...POSITION, ...schema.properties };
    return Object.assign(copy, { properties });
  }
  throw new WirepactError(
    'INVALID_CONTRACT',
    `${place}: the payload of a durable event has to be an object schema of TypeBox (\`Type.Object({ … })\`), as \`epoch\` and \`seq\` are added to it.`,
  );
}
