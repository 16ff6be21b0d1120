import * as Type from 'typebox';
import { expect, test } from 'vitest';
import { defineEvent } from './define-event';
import { createDeprecationWarning } from './deprecation-warning';

const old = (description?: string) => Type.String({ deprecated: true, ...(description && { description }) });

const save = defineEvent({
  description: 'Save.',
  payload: Type.Object({
    roomId: Type.Optional(old('Use `channelId`.')),
    'a/b': Type.Optional(old()),
    files: Type.Optional(Type.Array(Type.Object({ type: Type.Optional(old('Use `kind`.')) }))),
    byName: Type.Optional(
      Type.Record(Type.String(), Type.Object({ size: Type.Optional(old('Leave it out.')) })),
    ),
    tree: Type.Optional(
      Type.Cyclic(
        {
          Node: Type.Object({
            label: Type.Optional(old('Use `text`.')),
            next: Type.Optional(Type.Ref('Node')),
          }),
        },
        'Node',
      ),
    ),
  }),
});

function watch() {
  const warnings: string[] = [];
  return { warnings, listener: createDeprecationWarning((message) => void warnings.push(message)) };
}

test('an event knows the deprecated fields of its payload', () => {
  expect(save.deprecatedFields).toEqual({
    '/roomId': 'Use `channelId`.',
    '/a~1b': 'it may go with the next major version.',
    '/files/*/type': 'Use `kind`.',
    '/byName/*/size': 'Leave it out.',
    '/tree/label': 'Use `text`.',
  });
  expect(defineEvent({ description: 'x', payload: Type.Object({}) }).deprecatedFields).toBeUndefined();
});

test.each([
  ['/roomId', { roomId: 'x' }],
  ['/a~1b', { 'a/b': 'x' }],
  ['/files/*/type', { files: [{}, { type: 'x' }] }],
  ['/byName/*/size', { byName: { a: { size: 'x' } } }],
  ['/tree/label', { tree: { label: 'x' } }],
])('warns of %s once', (path, payload) => {
  const { warnings, listener } = watch();
  listener('save', save, payload);
  listener('save', save, payload);
  expect(warnings).toEqual([expect.stringContaining(`${path} of the event "save" is deprecated: `)]);
});

test('is silent about payloads without them', () => {
  const { warnings, listener } = watch();
  for (const payload of [{}, { channelId: 'x' }, { files: [] }, { files: null }, null, 'text', undefined])
    listener('save', save, payload);
  expect(warnings).toEqual([]);
});

test('warns of a deprecated event once, with what to use', () => {
  const { warnings, listener } = watch();
  const event = defineEvent({ description: 'x', deprecated: 'Use `channel_joined`.' });
  listener('room_joined', event);
  listener('room_joined', event, {});
  expect(warnings).toEqual(['the event "room_joined" is deprecated: Use `channel_joined`.']);
});
