import { Build } from 'typebox/schema';
import { createPayloadSchema, type PayloadSchema } from './payload-schema';

/**
 * The same schema, with its check compiled to JavaScript: for servers whose contract was not built ahead of time. It
 * evaluates code it generates from the schema, which a browser under a strict Content-Security-Policy forbids. A
 * schema that was built already, or is another library's, stays as it is.
 */
export function compileSchema<Value>(schema: PayloadSchema<Value>): PayloadSchema<Value> {
  const { declaration } = schema;
  if (!declaration?.typebox) return schema;
  const compiled = Build(declaration.typebox).Evaluate();
  return createPayloadSchema({ check: (value) => compiled.Check(value), issues: schema.issues, declaration });
}
