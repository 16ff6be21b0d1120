import * as Type from 'typebox';
import { expect, test } from 'vitest';
import { defineEvent } from './define-event';
import { actorOf, roomOf } from './event-subject';

const event = defineEvent({
  description: 'Something.',
  payload: Type.Object({
    channelId: Type.Optional(Type.String()),
    roomId: Type.Optional(Type.String()),
    entityId: Type.Optional(Type.String()),
    board: Type.Optional(Type.Integer()),
  }),
  room: { name: 'channel', property: 'channelId', fallback: 'roomId' },
  actor: 'entityId',
});
const plain = defineEvent({ description: 'Something.', payload: event.payload });

test.each([
  ['its property', { channelId: 'a', roomId: 'b' }, 'a'],
  ['its fallback where that is missing', { roomId: 'b' }, 'b'],
  ['its fallback where that is undefined', { channelId: undefined, roomId: 'b' }, 'b'],
  ['nothing where it names none', { entityId: 'c' }, undefined],
  ['nothing where it is no payload', undefined, undefined],
  ['nothing of what is inherited', Object.create({ channelId: 'a' }), undefined],
  ['no fallback where the property says something else', { channelId: null, roomId: 'b' }, undefined],
])('[A1] the room is named by %s', (_what, payload, id) => {
  expect(roomOf(event, payload)).toEqual(id && { name: 'channel', id });
});

test('[A1] an event that declares no room is about none, whatever its payload says', () => {
  expect(roomOf(plain, { channelId: 'a', roomId: 'b' })).toBeUndefined();
});

test('a room may be named by a number', () => {
  expect(roomOf({ ...plain, room: { name: 'board', property: 'board' } }, { board: 7 })).toEqual({
    name: 'board',
    id: '7',
  });
});

test('[A2] who acts is what the declared property says, and nothing else', () => {
  expect(actorOf(event, { entityId: 'ada' })).toBe('ada');
  expect(actorOf(event, {})).toBeUndefined();
  expect(actorOf(plain, { entityId: 'ada' })).toBeUndefined();
});
