import type { StandardSchemaV1 } from '@standard-schema/spec';
import * as Type from 'typebox';
import * as v from 'valibot';
import { z } from 'zod';
import { defineEvent } from './define-event';
import type { PayloadOf, ReplyOf } from './infer';

type Equal<Left, Right> =
  (<T>() => T extends Left ? 1 : 2) extends <T>() => T extends Right ? 1 : 2 ? true : false;
const is = <_ extends true>() => undefined;

const byTypeBox = defineEvent({
  description: '',
  payload: Type.Object({ id: Type.String() }),
  reply: Type.Integer(),
});
is<Equal<PayloadOf<typeof byTypeBox>, { id: string }>>();
is<Equal<ReplyOf<typeof byTypeBox>, number>>();

const byZod = defineEvent({ description: '', payload: z.object({ id: z.string() }), reply: z.number() });
is<Equal<PayloadOf<typeof byZod>, { id: string }>>();
is<Equal<ReplyOf<typeof byZod>, number>>();

const byValibot = defineEvent({ description: '', payload: v.object({ id: v.optional(v.string()) }) });
is<Equal<PayloadOf<typeof byValibot>, { id?: string | undefined }>>();
is<Equal<ReplyOf<typeof byValibot>, null>>();

// What is sent is what a schema takes in, not what it would make of it.
const transforming = defineEvent({
  description: '',
  payload: z.object({ size: z.string().transform(Number) }),
});
is<Equal<PayloadOf<typeof transforming>, { size: string }>>();

const bare = defineEvent({ description: '' });
is<Equal<PayloadOf<typeof bare>, undefined>>();
is<Equal<ReplyOf<typeof bare>, null>>();

const anything = defineEvent({ description: '', payload: Type.Unknown() });
is<Equal<PayloadOf<typeof anything>, unknown>>();

byTypeBox.payload satisfies StandardSchemaV1<{ id: string }>;
is<Equal<StandardSchemaV1.InferOutput<typeof byZod.payload>, { id: string }>>();

defineEvent({ description: '', payload: z.object({ id: z.string() }), examples: [{ id: 'x' }] });
// @ts-expect-error an example that the schema does not allow
defineEvent({ description: '', payload: z.object({ id: z.string() }), examples: [{ id: 1 }] });
// @ts-expect-error an example that the schema does not allow
defineEvent({ description: '', payload: Type.Object({ id: Type.String() }), examples: [{ id: 1 }] });

// @ts-expect-error [E13] an object of words is not a schema
defineEvent({ description: '', payload: { id: 'string' } });
// @ts-expect-error [E13] JSON Schema has no type here: `Type.Unsafe<T>(json)` gives it one
defineEvent({ description: '', payload: { type: 'string' } });
// @ts-expect-error [E13] a text is not a schema
defineEvent({ description: '', reply: 'string' });
defineEvent({ description: '', payload: Type.Unsafe<{ id: string }>({ type: 'object' }) });
defineEvent({ description: '', payload: Type.Optional(Type.Refine(Type.String(), () => true)) });
defineEvent({ description: '', payload: Type.Cyclic({ Node: Type.Array(Type.Ref('Node')) }, 'Node') });
