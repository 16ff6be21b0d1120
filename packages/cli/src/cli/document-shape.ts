import {
  createValidator,
  type ErrorDefinition,
  formatIssues,
  type PayloadBounds,
  type Room,
} from '@wirepact/contract';
import * as Type from 'typebox';
import { Check } from 'typebox/schema';
import type { ContractDocument, EventDocument } from '../contract-document';

const text = Type.String();
const named = <Value extends Type.TSchema>(value: Value) =>
  Type.Unsafe<Record<string, Type.Static<Value>>>({ type: 'object', additionalProperties: value });
const reference = Type.Object({ $ref: Type.String({ pattern: '^#/\\$defs/' }) });
const limit = Type.Integer({ minimum: 0 });

/** A shape for every property of a type: the compiler asks for those that are forgotten. */
type Shape<Whole> = { readonly [Name in keyof Required<Whole>]: Type.TSchema };

const limits = { maxDepth: limit, maxProperties: limit, maxSize: limit } satisfies Shape<PayloadBounds>;
const room = { name: text, property: text, fallback: Type.Optional(text) } satisfies Shape<Room>;

const event = {
  description: text,
  payload: Type.Optional(reference),
  reply: Type.Optional(reference),
  errors: Type.Array(text),
  limits: Type.Object(limits),
  examples: Type.Array(Type.Unknown()),
  since: text,
  deprecated: Type.Optional(text),
  room: Type.Optional(Type.Object(room)),
  actor: Type.Optional(text),
} satisfies Shape<EventDocument>;

const error = { description: text, retryable: Type.Boolean(), action: text } satisfies Shape<
  Omit<ErrorDefinition, 'data'>
>;

const document = {
  $schema: Type.Literal('https://json-schema.org/draft/2020-12/schema'),
  $id: text,
  title: text,
  version: text,
  extends: Type.Optional(named(text)),
  errors: named(Type.Object(error)),
  clientToServer: named(Type.Object(event)),
  serverToClient: named(Type.Object(event)),
  $defs: named(Type.Object({})),
} satisfies Shape<ContractDocument>;

/** The shape of a contract document, with every property it may have. */
export const DOCUMENT = Type.Object(document);

/** True where `value` has the shape of a contract document; what its schemas say is checked elsewhere. */
export const isContractDocument = (value: unknown): value is ContractDocument => Check(DOCUMENT, value);

/** What is wrong with the shape of `value`, on one line. */
export const shapeProblem = async (value: unknown): Promise<string> =>
  formatIssues(await createValidator(DOCUMENT).issues(value));
