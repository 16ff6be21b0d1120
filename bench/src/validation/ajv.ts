import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Contender } from './contender';
import { sendMessageSchema } from './typebox';

const compile = (allErrors: boolean) => {
  const ajv = new Ajv2020({ allErrors });
  addFormats.default(ajv);
  return ajv.compile(sendMessageSchema());
};

/** ajv, compiled: once to stop at the first mistake, once to list all. */
export function createAjv(): Contender {
  const first = compile(false);
  const all = compile(true);
  return { check: (value) => first(value), issues: (value) => (all(value) ? [] : (all.errors ?? [])) };
}
