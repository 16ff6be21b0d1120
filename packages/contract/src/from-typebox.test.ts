import * as Type from 'typebox';
import { describe, expect, test } from 'vitest';
import { createValidator } from './from-typebox';

const uuid = '123e4567-e89b-12d3-a456-426614174000';

const schema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  text: Type.String({ minLength: 1, maxLength: 5 }),
  level: Type.Optional(Type.Enum(['low', 'high'])),
  kind: Type.Optional(Type.Literal('note')),
  'a/b~c': Type.Optional(Type.Integer({ minimum: 1 })),
  tags: Type.Optional(Type.Array(Type.String(), { maxItems: 2 })),
  target: Type.Optional(
    Type.Union([Type.Object({ card: Type.String() }), Type.Object({ column: Type.String() })]),
  ),
});

const cases: [what: string, value: unknown, issues: { path: string; keyword: string }[]][] = [
  ['valid', { id: uuid, text: 'hello' }, []],
  ['an unknown property', { id: uuid, text: 'hello', later: true }, []],
  [
    'two missing properties',
    {},
    [
      { path: '/id', keyword: 'required' },
      { path: '/text', keyword: 'required' },
    ],
  ],
  ['a bad UUID', { id: 'x', text: 'a' }, [{ path: '/id', keyword: 'format:uuid' }]],
  ['too long a text', { id: uuid, text: 'hello!' }, [{ path: '/text', keyword: 'maxLength' }]],
  ['an unknown choice', { id: uuid, text: 'a', level: 'mid' }, [{ path: '/level', keyword: 'enum' }]],
  ['another constant', { id: uuid, text: 'a', kind: 'card' }, [{ path: '/kind', keyword: 'const' }]],
  [
    'a name that a pointer escapes',
    { id: uuid, text: 'a', 'a/b~c': 0 },
    [{ path: '/a~1b~0c', keyword: 'minimum' }],
  ],
  ['an item', { id: uuid, text: 'a', tags: ['a', 1] }, [{ path: '/tags/1', keyword: 'type' }]],
  [
    'no branch of a union',
    { id: uuid, text: 'a', target: {} },
    [
      { path: '/target/card', keyword: 'required' },
      { path: '/target/column', keyword: 'required' },
    ],
  ],
  ['null', null, [{ path: '', keyword: 'type' }]],
  ['an array', [], [{ path: '', keyword: 'type' }]],
];

describe('a schema of TypeBox', () => {
  const validator = createValidator(schema);

  test.each(cases)('%s', (_what, value, issues) => {
    expect(validator.check(value)).toBe(issues.length === 0);
    expect(validator.issues(value)).toMatchObject(issues);
    expect(validator.issues(value)).toHaveLength(issues.length);
  });

  test('says what is allowed', async () => {
    const [issue] = await validator.issues({ id: uuid, text: 'a', level: 'mid' });
    expect(issue?.message).toBe('must be one of ["low","high"]');
  });
});
