import { type EventDefinition, findBoundsIssue } from '@wirepact/contract';
import { describe, expect, test } from 'vitest';
import { protocol } from './protocol';

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

/** What 1.1 adds, beside fields that are optional. */
const ADDED = ['heartbeat', 'leave_channel', 'list_messages'];
const ADDED_CHANGES = ['delete_message', 'clear_channel', 'update_channel', 'delete_channel'];

test('version 1.1 adds events that clients send, and none that the server does', () => {
  expect(namesSince('1.1', fromClient).sort()).toEqual([...ADDED, ...ADDED_CHANGES].sort());
  expect(namesSince('1.1', fromServer)).toEqual([]);
});

test('[SEQ-1] durable events have a place in a journal, which 1.0 lets be missing, and no other event has', () => {
  const { messageBroadcast, messageDeleted, channelCleared, channelUpdated, channelDeleted } =
    protocol.serverToClient;
  const durable = [messageBroadcast, messageDeleted, channelCleared, channelUpdated, channelDeleted];
  for (const [name, { payload }] of fromServer) {
    const { properties = {}, required = [] } = Object(payload?.declaration?.json);
    const isDurable = durable.some((event) => event.payload === payload);
    expect('seq' in properties && 'epoch' in properties, name).toBe(isDurable);
    expect(required).not.toContain('seq');
    expect(required).not.toContain('epoch');
  }
});

test('every event is of a version up to the one of the protocol', () => {
  const known = events.filter(([, { since }]) => ['1.0', '1.1', '1.2'].includes(since));
  expect(known).toHaveLength(events.length);
  expect(protocol.version).toMatch(/^1\.2\./);
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
      expect(event.payload?.issues(example)).toEqual([]);
      expect(findBoundsIssue(example, event.limits)).toBeUndefined();
    }
  });

  test('describes every field of its payload', () => {
    const properties: object = Object(event.payload?.declaration?.json).properties ?? {};
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
