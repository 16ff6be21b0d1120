import { CheckNames } from './emit/validators/check-names';
import { emitChecks } from './emit/validators/checks-module';
import { Constants } from './emit/validators/constants';
import { functionsOf, TESTING } from './emit/validators/module-functions';
import type { JsonSchema } from './json-schema';
import { createPayloadSchema, type PayloadSchema } from './payload-schema';
import { SchemaPlace } from './shape/schema-place';
import { ShapeReader } from './shape/shape-reader';
import { asObject } from './subschemas';

/** The check that would be built for a schema ahead of time, evaluated now. */
function compileCheck(json: JsonSchema): (value: unknown) => boolean {
  const { $defs = {}, ...root } = asObject(json);
  const reader = new ShapeReader({ title: 'schema', $defs });
  const shape = reader.read(root, new SchemaPlace('schema'));
  const types = Object.keys($defs).map((name) => [name, reader.readType(name)] as const);
  const names = new CheckNames(new Map([...types, ['', shape]]));
  const constants = new Constants();
  const checks = emitChecks(names, constants);
  const parts = [...functionsOf(checks, TESTING).values(), ...constants.declarations().values(), checks];
  return new Function(`${parts.join('\n')}\nreturn ${names.nameOf(shape)};`)();
}

/**
 * The same schema, with its check compiled to JavaScript: the one that is built ahead of time, for servers whose
 * contract was not. It evaluates code it generates from the schema, which a browser under a strict
 * Content-Security-Policy forbids. A schema that was built already, is another library's or has code of its own stays
 * as it is.
 */
export function compileSchema<Value>(schema: PayloadSchema<Value>): PayloadSchema<Value> {
  const { declaration } = schema;
  if (!declaration || declaration.obstacles.length > 0) return schema;
  return createPayloadSchema({ check: compileCheck(declaration.json), issues: schema.issues, declaration });
}
