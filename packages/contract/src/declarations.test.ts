import * as Type from 'typebox';
import { describe, expect, it } from 'vitest';
import { defineContract } from './define-contract';
import { defineEvent } from './define-event';
import { findErrorDataError, findItemError, findPayloadError } from './payload-error';

const room = { name: 'board', property: 'boardId' } as const;
const payload = Type.Object({ boardId: Type.String(), moveId: Type.Optional(Type.String()) });

const refused = (declare: () => unknown) => {
  try {
    declare();
  } catch (error) {
    return String(error);
  }
  throw new Error('It was declared.');
};

describe('a durable event', () => {
  it('says where it stands, whether its payload declares that or not', async () => {
    const moved = defineEvent({ description: 'Moved.', payload, durable: true, room });
    expect(moved.durable).toBe(true);
    expect(await findPayloadError(moved, { boardId: 'b', epoch: 'e', seq: 1 })).toBeUndefined();
    expect((await findPayloadError(moved, { boardId: 'b', seq: -1 }))?.issues?.[0]?.path).toBe('/seq');
    const own = defineEvent({
      description: 'Moved.',
      payload: Type.Object({ boardId: Type.String(), seq: Type.Literal(7) }),
      durable: true,
      room,
    });
    expect((await findPayloadError(own, { boardId: 'b', seq: 1 }))?.issues?.[0]?.path).toBe('/seq');
  });

  it('keeps what its payload forbids besides', async () => {
    const closed = Type.Object({ boardId: Type.String() }, { additionalProperties: false });
    const moved = defineEvent({ description: 'Moved.', payload: closed, durable: true, room });
    expect(await findPayloadError(moved, { boardId: 'b', seq: 1, epoch: 'e' })).toBeUndefined();
    expect((await findPayloadError(moved, { boardId: 'b', other: 1 }))?.code).toBe('INVALID_PAYLOAD');
  });

  it('needs a room, an object to add to, and no reply', () => {
    expect(refused(() => defineEvent({ description: 'M', payload, durable: true }))).toContain('room');
    expect(refused(() => defineEvent({ description: 'M', durable: true, room }))).toContain('object schema');
    expect(
      refused(() => defineEvent({ description: 'M', payload, durable: true, room, reply: Type.String() })),
    ).toContain('reply');
  });
});

describe('a stream', () => {
  it('has its items checked', async () => {
    const list = defineEvent({ description: 'L', stream: Type.Object({ id: Type.Integer() }) });
    expect(await findItemError(list, { id: 1 })).toBeUndefined();
    expect((await findItemError(list, { id: 'x' }))?.issues?.[0]?.path).toBe('/id');
  });

  it('takes the place of a reply, and resumes by a property of the payload', () => {
    const stream = Type.Object({ id: Type.String() });
    expect(refused(() => defineEvent({ description: 'L', stream, reply: Type.Null() }))).toContain('both');
    expect(
      refused(() =>
        defineEvent({ description: 'L', stream, payload, resume: { item: 'id', payload: 'after' } }),
      ),
    ).toContain('`after`');
    expect(
      refused(() => defineEvent({ description: 'L', payload, resume: { item: 'id', payload: 'moveId' } })),
    ).toContain('stream');
  });
});

describe('an error', () => {
  it('declares what it tells besides', async () => {
    const contract = defineContract({
      name: 'board',
      version: '1.0.0',
      errors: {
        LOCKED: { description: 'd', retryable: true, action: 'a', data: Type.Object({ by: Type.String() }) },
        FULL: { description: 'd', retryable: false, action: 'a' },
      },
      clientToServer: {},
      serverToClient: {},
    });
    expect(await findErrorDataError(contract.errors.LOCKED, { by: 'Ada' })).toBeUndefined();
    expect((await findErrorDataError(contract.errors.LOCKED, { by: 1 }))?.code).toBe('INVALID_PAYLOAD');
    expect(contract.errors.FULL).toEqual({ description: 'd', retryable: false, action: 'a' });
  });
});

describe('a contract', () => {
  const declare = (clientToServer: object, serverToClient: object) => () =>
    defineContract({ name: 'board', version: '1.0.0', clientToServer, serverToClient } as never);

  it('refuses what only events of the other direction have', () => {
    const durable = defineEvent({ description: 'M', payload, durable: true, room });
    const stream = defineEvent({ description: 'L', stream: Type.String() });
    expect(refused(declare({ moved: durable }, {}))).toContain('no `durable`');
    expect(refused(declare({}, { list: stream }))).toContain('no `stream`');
  });

  it('leaves the names of the session alone', () => {
    const event = defineEvent({ description: 'J' });
    expect(refused(declare({ 'wirepact:join': event }, {}))).toContain('reserved');
  });

  it('names the property that is to name a send', () => {
    expect(refused(() => defineEvent({ description: 'M', payload, key: 'sendId' }))).toContain('`sendId`');
  });
});
