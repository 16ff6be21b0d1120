import type { StandardSchemaV1 } from '@standard-schema/spec';
import * as Type from 'typebox';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineEvent } from './define-event';
import { findPayloadError } from './payload-error';
import { createPayloadSchema } from './payload-schema';

const description = 'Move a card.';
const moves = {
  TypeBox: defineEvent({
    description,
    payload: Type.Object({
      card: Type.Object({ id: Type.String() }),
      to: Type.Array(Type.String({ minLength: 1 })),
    }),
  }),
  zod: defineEvent({
    description,
    payload: z.object({ card: z.object({ id: z.string() }), to: z.array(z.string().min(1)) }),
  }),
  valibot: defineEvent({
    description,
    payload: v.object({
      card: v.object({ id: v.string() }),
      to: v.array(v.pipe(v.string(), v.minLength(1))),
    }),
  }),
};

const valid = { card: { id: 'a' }, to: ['x'] };

describe.each(Object.entries(moves))('an event declared with %s', (_library, event) => {
  test('takes what is right, and changes nothing of it', async () => {
    expect(event.payload.check(valid)).toBe(true);
    expect(event.payload.issues(valid)).toEqual([]);
    expect(findPayloadError(event, valid)).toBeUndefined();
  });

  test('says what is wrong, and where', async () => {
    const error = await findPayloadError(event, { card: { id: 1 }, to: ['x', ''] });
    expect(error).toMatchObject({ code: 'INVALID_PAYLOAD' });
    expect(error?.issues?.map(({ path }) => path).toSorted()).toEqual(['/card/id', '/to/1']);
    expect(error?.issues?.every(({ message }) => message.length > 5)).toBe(true);
  });

  test('has bounds all the same', async () => {
    const wide = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`x${index}`, 1]));
    expect(await findPayloadError(event, { ...valid, wide })).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
  });

  test('is a Standard Schema itself', async () => {
    const standard: StandardSchemaV1 = event.payload;
    expect(standard['~standard']).toMatchObject({ version: 1, vendor: 'wirepact' });
    expect(await standard['~standard'].validate(valid)).toEqual({ value: valid });
    const { issues = [] } = await standard['~standard'].validate({ card: {}, to: [] });
    expect(issues).toEqual([
      expect.objectContaining({ path: ['card', 'id'], message: expect.stringMatching(/./) }),
    ]);
  });
});

test('defaults and transforms are not applied: the wire carries what was sent', () => {
  const { payload } = defineEvent({
    description,
    payload: z.object({ to: z.string().trim().default('todo'), size: z.string().transform(Number) }),
  });
  const sent = { size: '5' };
  expect(payload.check(sent)).toBe(true);
  expect(payload['~standard'].validate(sent)).toEqual({ value: { size: '5' } });
  expect(sent).toEqual({ size: '5' });
});

test('a schema that needs to be awaited is refused', () => {
  const { payload } = defineEvent({
    description,
    payload: z.object({ to: z.string().refine(async () => true) }),
  });
  expect(() => payload.check({ to: 'x' })).toThrow(expect.objectContaining({ code: 'INVALID_CONTRACT' }));
});

test('a schema of another contract is taken as it is', () => {
  const { payload } = moves.TypeBox;
  expect(defineEvent({ description, payload }).payload).toBe(payload);
});

describe('a schema whose issues are listed elsewhere', () => {
  const schemaWith = (issues: () => Promise<never[]>) =>
    createPayloadSchema({ check: (value) => value === 1, issues });

  test('is asked only once the check has failed', async () => {
    let asked = 0;
    const schema = schemaWith(async () => {
      asked += 1;
      return [];
    });
    expect(schema.issues(1)).toEqual([]);
    expect(schema['~standard'].validate(1)).toEqual({ value: 1 });
    expect(asked).toBe(0);
    expect(await schema['~standard'].validate(2)).toEqual({ issues: [] });
    expect(asked).toBe(1);
  });

  test('still refuses where the lister cannot be loaded', async () => {
    const schema = schemaWith(() => Promise.reject(new Error('the network is gone')));
    expect(await schema.issues(2)).toEqual([
      { path: '', message: 'does not match the schema', keyword: 'schema' },
    ]);
  });
});
