import type { Static, TSchema } from 'typebox';
import { Build } from 'typebox/schema';
import { type Validator, validatorOf } from './validator';

/**
 * A validator compiled to JavaScript, for servers: it evaluates code it generates from the schema,
 * which a browser under a strict Content-Security-Policy forbids. There, use `createValidator`.
 */
export const compileValidator = <Schema extends TSchema>(schema: Schema): Validator<Static<Schema>> => {
  const compiled = Build(schema).Evaluate();
  return validatorOf(schema, (value) => compiled.Check(value));
};
