import { toContractDocument } from '@wirepact/cli';
import { defineContract, defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { describe, expect, test } from 'vitest';
import { Random } from '../../sample/random';
import { viewContract } from './contract-view';

const contract = defineContract({
  name: 'shop',
  version: '1.0.0',
  clientToServer: {
    order: defineEvent({
      description: 'Orders.',
      payload: Type.Object(
        {
          itemId: Type.String({ format: 'uuid' }),
          count: Type.Integer({ minimum: 1, maximum: 5 }),
          note: Type.Optional(Type.String({ maxLength: 20 })),
          tags: Type.Optional(Type.Array(Type.String({ pattern: '^[a-z]+$' }), { maxItems: 2 })),
        },
        { additionalProperties: false },
      ),
      limits: { maxDepth: 4, maxProperties: 8, maxSize: 400 },
    }),
    ping: defineEvent({ description: 'Carries nothing.' }),
  },
  serverToClient: {},
});

const view = viewContract(toContractDocument(contract));
const [order, ping] = view.clientToServer;
const whole = order?.sample(new Random(1, 'order'), 'most');
const flaws = order?.flaws(whole) ?? [];

describe('what is wrong with a payload', () => {
  test('a whole payload has all that may be left out', () => {
    expect(Object.keys(Object(whole)).toSorted()).toEqual(['count', 'itemId', 'note', 'tags']);
  });

  test('every kind is there, with the code that refuses it', () => {
    const codes = Object.fromEntries(flaws.map(({ kind, code }) => [kind, code]));
    expect(codes).toEqual({
      'bounds of numbers': 'INVALID_PAYLOAD',
      'forbidden names': 'INVALID_PAYLOAD',
      ids: 'INVALID_UUID',
      'lengths of lists': 'INVALID_PAYLOAD',
      'lengths of texts': 'INVALID_PAYLOAD',
      'missing properties': 'INVALID_PAYLOAD',
      'no object': 'INVALID_PAYLOAD',
      'other texts': 'INVALID_PAYLOAD',
      'properties too many': 'INVALID_PAYLOAD',
      'too deep': 'PAYLOAD_TOO_LARGE',
      'too large': 'PAYLOAD_TOO_LARGE',
      'too wide': 'PAYLOAD_TOO_LARGE',
      'wrong types': 'INVALID_PAYLOAD',
    });
  });

  test('the check of the event refuses each, and names the place', () => {
    for (const { payload, code, paths } of flaws) {
      expect(paths.size).toBeGreaterThan(0);
      // What is only too large, or has a forbidden name, is as the schema says.
      if (code === 'INVALID_UUID') expect(order?.event.payload?.check(payload)).toBe(false);
    }
    const missing = flaws.filter(({ kind }) => kind === 'missing properties').map(({ paths }) => [...paths]);
    expect(missing).toEqual([['/itemId'], ['/count']]);
  });

  test('bounds are tried at their edge', () => {
    const counts = flaws.filter(({ path, kind }) => path === '/count' && kind === 'bounds of numbers');
    expect(counts.map(({ payload }) => Object(payload).count)).toEqual(expect.arrayContaining([0, 6, 0.5]));
    const notes = flaws.filter(({ path, kind }) => path === '/note' && kind === 'lengths of texts');
    expect(notes.map(({ payload }) => Object(payload).note.length)).toEqual([21]);
  });

  test('an event that carries nothing has no flaws', () => {
    expect(ping?.sample(new Random(1, 'ping'), 'most')).toBeNull();
    expect(ping?.flaws(null)).toEqual([]);
  });
});
