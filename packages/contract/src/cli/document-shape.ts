import * as Type from 'typebox';
import { Check } from 'typebox/schema';
import type { ContractDocument } from '../contract-document';
import { createValidator } from '../from-typebox';
import { formatIssues } from '../issues';

const text = Type.String();
const named = <Value extends Type.TSchema>(value: Value) =>
  Type.Unsafe<Record<string, Type.Static<Value>>>({ type: 'object', additionalProperties: value });
const reference = Type.Object({ $ref: Type.String({ pattern: '^#/\\$defs/' }) });
const limit = Type.Integer({ minimum: 0 });

const event = Type.Object({
  description: text,
  payload: Type.Optional(reference),
  reply: Type.Optional(reference),
  errors: Type.Array(text),
  limits: Type.Object({ maxDepth: limit, maxProperties: limit, maxSize: limit }),
  examples: Type.Array(Type.Unknown()),
  since: text,
  deprecated: Type.Optional(text),
});

const error = Type.Object({ description: text, retryable: Type.Boolean(), action: text });

const DOCUMENT = Type.Object({
  $schema: Type.Literal('https://json-schema.org/draft/2020-12/schema'),
  $id: text,
  title: text,
  version: text,
  errors: named(error),
  clientToServer: named(event),
  serverToClient: named(event),
  $defs: named(Type.Object({})),
});

/** True where `value` has the shape of a contract document; what its schemas say is checked elsewhere. */
export const isContractDocument = (value: unknown): value is ContractDocument => Check(DOCUMENT, value);

/** What is wrong with the shape of `value`, on one line. */
export const shapeProblem = async (value: unknown): Promise<string> =>
  formatIssues(await createValidator(DOCUMENT).issues(value));
