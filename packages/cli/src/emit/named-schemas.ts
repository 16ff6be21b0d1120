import { isDeepStrictEqual } from 'node:util';
import {
  asObject,
  type JsonSchema,
  type JsonSchemaObject,
  mapSubschemas,
  toReference,
} from '@wirepact/contract/tools';
import type { SchemaReference } from '../contract-document';
import { isTypeName } from './type-name';

const refer = (name: string): SchemaReference => ({ $ref: toReference(name) });

/** The schemas of a document by name. Whatever has a `title` is moved here, once, and referred to. */
export class NamedSchemas {
  /** What is in the way: names that stand for two schemas. */
  readonly obstacles: string[] = [];
  private readonly named = new Map<string, JsonSchemaObject>();

  /** Adds the schema under its title, or else under `name`. `place` says where it is used. */
  add(name: string, schema: JsonSchema, place: string): SchemaReference {
    const { $defs = {}, ...root } = asObject(schema);
    for (const [definition, value] of Object.entries($defs)) this.add(definition, value, place);
    const title = root.title !== undefined && isTypeName(root.title) ? root.title : name;
    this.define(title, this.walkInside(root, place), place);
    return refer(title);
  }

  /** All of them, in the order they were first used. */
  definitions(): Record<string, JsonSchemaObject> {
    return Object.fromEntries(this.named);
  }

  private define(name: string, schema: JsonSchemaObject, place: string): void {
    const known = this.named.get(name);
    if (!known) this.named.set(name, schema);
    else if (!isDeepStrictEqual(known, schema))
      this.obstacles.push(
        `${place}: another schema has the name ${name} already; give one of them another \`title\``,
      );
  }

  private walk(schema: JsonSchema, place: string): JsonSchema {
    if (typeof schema === 'boolean') return schema;
    const walked = this.walkInside(schema, place);
    if (walked.title === undefined || !isTypeName(walked.title)) return walked;
    this.define(walked.title, walked, place);
    return refer(walked.title);
  }

  private walkInside(schema: JsonSchemaObject, place: string): JsonSchemaObject {
    return mapSubschemas(schema, '', (inner) => this.walk(inner, place));
  }
}
