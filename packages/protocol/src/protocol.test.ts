import { createValidator, type EventDefinition, findBoundsIssue } from '@wirepact/contract';
import { describe, expect, test } from 'vitest';
import { protocol } from './index';

/** The events of the Socket.IO Events document, in its order and spelling. */
const DOCUMENT = {
  fromClient: ['join_channel', 'send_message', 'subscribe_logs', 'unsubscribe_logs', 'set_log_filter'],
  fromServer: [
    'connection_established',
    'channel_joined',
    'room_joined',
    'messageBroadcast',
    'messageAck',
    'messageError',
    'messageComplete',
    'messageDeleted',
    'channelCleared',
    'channelUpdated',
    'channelDeleted',
    'log_subscription_confirmed',
    'log_update',
  ],
};

const fromClient: [string, EventDefinition][] = Object.entries(protocol.clientToServer);
const fromServer: [string, EventDefinition][] = Object.entries(protocol.serverToClient);
const events = [...fromClient, ...fromServer];

const namesSince = (version: string, registry: [string, EventDefinition][]) =>
  registry.filter(([, { since }]) => since === version).map(([name]) => name);

test('version 1.0 has exactly the events of the document', () => {
  expect(namesSince('1.0', fromClient).sort()).toEqual([...DOCUMENT.fromClient].sort());
  expect(namesSince('1.0', fromServer).sort()).toEqual([...DOCUMENT.fromServer].sort());
  expect(namesSince('1.0', events)).toHaveLength(18);
});

test('every event is of a version up to the one of the protocol', () => {
  const known = events.filter(([, { since }]) => ['1.0', '1.1'].includes(since));
  expect(known).toHaveLength(events.length);
  expect(protocol.version).toMatch(/^1\.1\./);
});

test('room_joined is the one deprecated event, and says what to use', () => {
  const deprecated = events.filter(([, event]) => event.deprecated !== undefined);
  expect(deprecated.map(([name]) => name)).toEqual(['room_joined']);
  expect(protocol.serverToClient.room_joined.deprecated).toContain('channel_joined');
});

describe.each(events)('%s', (_name, event) => {
  test('has a description', () => {
    expect(event.description).toMatch(/\w.*\.$/);
  });

  test('has examples that match its schema and its bounds', () => {
    for (const example of event.examples) {
      expect(event.payload, 'an event without payload has no examples').toBeDefined();
      if (event.payload) expect(createValidator(event.payload).issues(example)).toEqual([]);
      expect(findBoundsIssue(example, event.limits)).toBeUndefined();
    }
  });

  test('describes every field of its payload', () => {
    const properties: object = Reflect.get(event.payload ?? {}, 'properties') ?? {};
    for (const [field, schema] of Object.entries(properties)) {
      expect(schema, `${field} needs a description`).toHaveProperty('description');
    }
  });
});

test.each(Object.entries(protocol.errors))('[ERR-18] %s says what it means and what to do', (code, error) => {
  expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
  expect(error.description).toMatch(/\w.*\.$/);
  expect(error.action).toMatch(/\w.*\.$/);
  expect(error.retryable).toBeTypeOf('boolean');
});
