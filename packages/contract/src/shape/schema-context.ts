import type { JsonSchema } from '../json-schema';
import type { SchemaPlace } from './schema-place';
import type { Shape } from './shape';

/** What the readers of keywords need of the reader of schemas. */
export interface SchemaContext {
  readonly place: SchemaPlace;
  /** Reads a schema about another value than this one: a property, an item, a name. */
  readInner(schema: JsonSchema, ...tokens: (string | number)[]): Shape;
  /** Reads a schema about the same value. */
  readSame(schema: JsonSchema, ...tokens: (string | number)[]): Shape;
}
