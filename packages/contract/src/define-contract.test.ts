import * as Type from 'typebox';
import { describe, expect, test } from 'vitest';
import { defineContract, extendContract } from './define-contract';
import { defineEvent } from './define-event';
import { DEFAULT_BOUNDS, UNDECLARED_BOUNDS } from './event';
import { board } from './test-contract';

const event = defineEvent({ description: 'Something.' });

describe('defineEvent', () => {
  test('fills in what is left out', () => {
    expect(event).toEqual({
      description: 'Something.',
      payload: undefined,
      reply: undefined,
      errors: [],
      limits: UNDECLARED_BOUNDS,
      examples: [],
      since: '1.0',
      room: undefined,
      actor: undefined,
      deprecated: undefined,
      deprecatedFields: undefined,
    });
  });

  test('keeps the default of every bound it does not name', () => {
    const limits = { maxDepth: 2 };
    const payload = Type.Object({});
    const withPayload = defineEvent({ description: 'Something.', payload, limits });
    expect(withPayload.limits).toEqual({ ...DEFAULT_BOUNDS, maxDepth: 2 });
    expect(defineEvent({ description: 'Something.', limits }).limits).toEqual({
      ...UNDECLARED_BOUNDS,
      maxDepth: 2,
    });
  });
});

describe('defineContract', () => {
  test('[E0] has the errors of the check beside its own, and none that only some servers answer with', () => {
    expect(Object.keys(board.errors)).toEqual([
      ...['INVALID_PAYLOAD', 'INVALID_UUID', 'PAYLOAD_TOO_LARGE', 'UNKNOWN_EVENT', 'INTERNAL'],
      'CARD_NOT_FOUND',
    ]);
  });

  test.each([
    'connect',
    'connect_error',
    'disconnect',
    'disconnecting',
    'error',
    'newListener',
    'removeListener',
  ])('refuses an event named %s', (name) => {
    const define = () =>
      defineContract({ name: 'x', version: '1.0.0', clientToServer: { [name]: event }, serverToClient: {} });
    expect(define).toThrow(
      expect.objectContaining({ code: 'INVALID_CONTRACT', message: expect.stringContaining(name) }),
    );
  });

  test.each(['1', '1.0', 'v1.0.0', ''])('refuses %j, which is no semantic version', (version) => {
    const define = () => defineContract({ name: 'x', version, clientToServer: {}, serverToClient: {} });
    expect(define).toThrow(expect.objectContaining({ code: 'INVALID_CONTRACT' }));
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a schema', Type.Object({})],
    ['an object with the options of one', { description: 'Move.', payload: Type.Object({}) }],
  ])('[E13] refuses %s where an event should be', (_what, none) => {
    const clientToServer = { move_card: none as unknown as typeof event };
    const define = () => defineContract({ name: 'x', version: '1.0.0', clientToServer, serverToClient: {} });
    expect(define).toThrow(/x: "move_card" is not an event; declare it with `defineEvent`/);
  });

  test.each([
    ['nothing', undefined, /the options have to be an object/],
    [
      'an option with a slip',
      { name: 'x', version: '1.0.0', clientToSever: {} },
      /did you mean "clientToServer"\?/,
    ],
    [
      'a contract without events',
      { name: 'x', version: '1.0.0' },
      /x: clientToServer has to be an object of events/,
    ],
    ['a version that is none', { name: 'x' }, /the version undefined is not a semantic version/],
  ])('[E13] refuses %s, as INVALID_CONTRACT', (_what, options, message) => {
    expect(() => Reflect.apply(defineContract, undefined, [options])).toThrow(
      expect.objectContaining({ code: 'INVALID_CONTRACT', message: expect.stringMatching(message) }),
    );
  });

  test('refuses an error code that nothing defines', () => {
    const failing = defineEvent({ description: 'Fails.', errors: ['NO_SUCH_CODE'] });
    const define = () =>
      defineContract({ name: 'x', version: '1.0.0', clientToServer: { failing }, serverToClient: {} });
    expect(define).toThrow(/NO_SUCH_CODE/);
  });
});

describe('extendContract', () => {
  const archive_card = defineEvent({
    description: 'Archive.',
    payload: Type.Object({ cardId: Type.String() }),
  });

  test('has the events of both, and leaves the base as it was', () => {
    const extended = extendContract(board, {
      name: 'more',
      version: '1.0.0',
      clientToServer: { archive_card },
    });
    expect(Object.keys(extended.clientToServer)).toEqual(['move_card', 'refresh', 'archive_card']);
    expect(Object.keys(extended.serverToClient)).toEqual(['cardMoved', 'refreshed']);
    expect(Object.keys(board.clientToServer)).toEqual(['move_card', 'refresh']);
  });

  test('redefines nothing', () => {
    const redefine = () =>
      extendContract(board, { name: 'more', version: '1.0.0', clientToServer: { move_card: archive_card } });
    expect(redefine).toThrow(expect.objectContaining({ code: 'INVALID_CONTRACT' }));
    const again = { CARD_NOT_FOUND: { description: '', retryable: true, action: '' } };
    expect(() => extendContract(board, { name: 'more', version: '1.0.0', errors: again })).toThrow(
      /CARD_NOT_FOUND/,
    );
  });

  test('may name the errors of the base', () => {
    const failing = defineEvent({ description: 'Fails.', errors: ['CARD_NOT_FOUND', 'INTERNAL'] });
    expect(() =>
      extendContract(board, { name: 'more', version: '1.0.0', clientToServer: { failing } }),
    ).not.toThrow();
  });
});

test('an extension of a contract that was built may name its codes, and those of every server', () => {
  const built = { name: 'base', version: '1.0.0', clientToServer: {}, serverToClient: {} };
  const base = { ...built, errors: { FULL: { retryable: false } } };
  const extend = (errors: readonly string[]) =>
    extendContract(base, {
      name: 'more',
      version: '1.0.0',
      clientToServer: { add: defineEvent({ description: 'Add.', errors }) },
    });
  expect(Object.keys(extend(['FULL', 'FORBIDDEN']).errors)).toEqual(
    expect.arrayContaining(['FULL', 'FORBIDDEN']),
  );
  expect(() => extend(['EMPTY'])).toThrow('names the error EMPTY');
});
