import { describe, expect, it } from 'vitest';
import type { ContractEvent } from './event';
import { findPayloadError, findReplyError } from './payload-error';
import { SESSION_EVENTS } from './session-events';

const { clientToServer, serverToClient } = SESSION_EVENTS;

/** Every event of the session. */
type Name = keyof typeof clientToServer | keyof typeof serverToClient;
const events: Readonly<Record<Name, ContractEvent>> = { ...clientToServer, ...serverToClient };

/** Values of a field: those at the edge of what it may be, and some that it may not. */
interface Field {
  readonly right: readonly unknown[];
  readonly wrong: readonly unknown[];
  /** Whether it may be left out. */
  readonly isOptional?: true;
}

const text = (maxLength: number): Field => ({
  right: ['a', 'a'.repeat(maxLength)],
  wrong: ['', 'a'.repeat(maxLength + 1), 7, null, ['a'], {}],
});
const anyText: Field = { right: ['', 'Words.'], wrong: [7, null, ['a']] };
const count: Field = {
  right: [0, 1, Number.MAX_SAFE_INTEGER],
  wrong: [-1, 0.5, Number.MAX_SAFE_INTEGER + 1, '1', null],
};
const flag: Field = { right: [true, false], wrong: [0, 'true', null] };
const record: Field = { right: [{}, { a: 1 }], wrong: [[], 'a', 7, null] };
const optional = (field: Field): Field => ({ ...field, isOptional: true });
const listOf = (field: Field): Field => ({
  right: [[], ...field.right.map((value) => [value]), field.right],
  wrong: [...field.wrong.map((value) => [...field.right, value]), {}, 'a', null],
});

const room = { room: text(256), id: text(256) };
const position = { epoch: text(64), seq: count };
const resume: Field = {
  right: [{ epoch: 'e', seq: 0 }],
  wrong: [{ epoch: 'e' }, { seq: 0 }, { epoch: 'e', seq: -1 }, { epoch: '', seq: 0 }, 'e', null],
};
const member: Field = {
  right: [{ identity: { entityId: 'ada' } }, { identity: { entityId: 'ada', name: 'Ada' } }],
  wrong: [
    {},
    { identity: {} },
    { identity: { entityId: '' } },
    { identity: { entityId: 'a', name: 1 } },
    'ada',
  ],
};
const update: Field = { right: [{ entityId: 'ada' }], wrong: [{}, { entityId: 7 }, 'ada', null] };
const error: Field = {
  right: [
    { code: 'X', message: '', retryable: true },
    { code: 'C'.repeat(128), message: 'm', retryable: false, issues: [] },
  ],
  wrong: [
    'X',
    null,
    { code: '', message: 'm', retryable: false },
    { code: 'C'.repeat(129), message: 'm', retryable: false },
    { code: 'X', retryable: false },
    { code: 'X', message: 'm' },
    { code: 'X', message: 'm', retryable: 1 },
  ],
};

const PAYLOADS: readonly (readonly [Name, Readonly<Record<string, Field>>])[] = [
  ['authenticate', { auth: record }],
  ['join', { ...room, resume: optional(resume) }],
  ['leave', room],
  ['watchPresence', { ...room, watching: flag }],
  ['updatePresence', { ...room, state: optional(record), ttlMs: optional(count) }],
  ['streamCredit', { stream: text(64), credit: count }],
  ['streamCancel', { stream: text(64) }],
  [
    'established',
    {
      protocolVersion: optional(text(256)),
      capabilities: optional(listOf(text(256))),
      entityId: optional(text(256)),
      expiresAt: optional(count),
    },
  ],
  ['ended', { reason: text(64), message: anyText, reconnect: flag }],
  ['left', { ...room, reason: text(64), message: anyText }],
  ['deleted', { ...room, ...position }],
  [
    'presenceChanged',
    {
      ...room,
      count,
      members: optional(listOf(member)),
      joined: optional(listOf(member)),
      left: optional(listOf(text(256))),
      updated: optional(listOf(update)),
    },
  ],
  ['streamItems', { stream: text(64), items: { right: [[], [1, null, {}]], wrong: [{}, 'a', null] } }],
  ['streamEnd', { stream: text(64), error: optional(error) }],
];

const REPLIES: readonly (readonly [Name, Readonly<Record<string, Field>>])[] = [
  ['heartbeat', { time: count }],
  ['authenticate', { expiresAt: optional(count) }],
  ['join', { ...position, recovered: optional(flag) }],
  ['updatePresence', { ttlMs: count }],
];

type FindError = (
  event: ContractEvent,
  value: unknown,
) => Promise<{ issues?: readonly { path: string }[] }> | undefined;

/** Every case of one field, the others being right: what it is, and whether it is taken. */
function casesOf(fields: Readonly<Record<string, Field>>) {
  const whole = Object.fromEntries(Object.entries(fields).map(([name, { right }]) => [name, right[0]]));
  return Object.entries(fields).flatMap(([name, { right, wrong, isOptional = false }]) => {
    const { [name]: _left, ...without } = whole;
    return [
      ...right.map((value) => ({ name, value: { ...whole, [name]: value }, isRight: true })),
      ...wrong.map((value) => ({ name, value: { ...whole, [name]: value }, isRight: false })),
      { name, value: without, isRight: isOptional },
      // An object without a prototype is read like any other.
      { name, value: Object.assign(Object.create(null), without), isRight: isOptional },
    ];
  });
}

async function expectFields(find: FindError, event: ContractEvent, fields: Readonly<Record<string, Field>>) {
  for (const { name, value, isRight } of casesOf(fields)) {
    const issues = (await find(event, value))?.issues;
    const paths = issues?.map(({ path }) => path);
    expect(paths, `${name} of ${JSON.stringify(value).slice(0, 200)}`).toEqual(
      isRight ? undefined : [`/${name}`],
    );
  }
}

describe('every field of an event of the session is what it may be, up to its bound', () => {
  it.each(PAYLOADS)('sent with %s', (name, fields) => expectFields(findPayloadError, events[name], fields));

  it.each(REPLIES)('answered to %s', (name, fields) => expectFields(findReplyError, events[name], fields));

  it('and no event has payloads or answers besides', () => {
    const withPayload = Object.entries(events).flatMap(([name, { payload }]) => (payload ? [name] : []));
    const withReply = Object.entries(events).flatMap(([name, { reply }]) => (reply ? [name] : []));
    expect(withPayload.sort()).toEqual(PAYLOADS.map(([name]) => name).sort());
    expect(withReply.sort()).toEqual(REPLIES.map(([name]) => name).sort());
  });

  it.each<[Name, unknown]>([
    ['authenticate', { auth: { token: 't'.repeat(16_384) } }],
    ['join', { room: 'r', id: 'i', more: 'x'.repeat(4 * 1024 * 1024) }],
    ['heartbeat', { time: 'x'.repeat(4 * 1024 * 1024) }],
  ])('what goes beside the fields of %s is bounded', async (name, payload) => {
    expect((await findPayloadError(events[name], payload))?.code).toBe('PAYLOAD_TOO_LARGE');
  });
});
