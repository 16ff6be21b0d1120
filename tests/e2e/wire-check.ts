import type { EventRegistry } from '@wirepact/contract/runtime';
import { protocol } from '@wirepact/protocol';
import { expect } from 'vitest';
import type { Packet } from './seed-client';

/** Fields of the document, by event. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  connection_established: ['message', 'socketId', 'agentId'],
  channel_joined: ['message', 'channelId', 'roomId', 'agentId'],
  room_joined: ['message', 'channelId', 'roomId', 'agentId'],
  messageBroadcast: [
    ...['id', 'senderId', 'senderName', 'text', 'roomId', 'serverId', 'createdAt', 'source'],
    ...['clientMessageId', 'thought', 'actions', 'attachments'],
  ],
  messageAck: ['clientMessageId', 'messageId', 'status'],
  messageError: ['error', 'clientMessageId'],
  messageComplete: ['channelId', 'serverId'],
  messageDeleted: ['messageId', 'channelId'],
  channelCleared: ['channelId'],
  channelUpdated: ['channelId', 'updates'],
  channelDeleted: ['channelId'],
  log_subscription_confirmed: ['subscribed', 'message'],
  log_update: ['id', 'timestamp', 'level', 'category', 'message', 'data', 'agentId'],
};

/** Where an event stands in its channel’s journal, since 1.1. */
const POSITION = ['seq', 'epoch'];

/** Optional fields that 1.1 and 1.2 add, and the events of 1.2. */
const ADDED_FIELDS: Readonly<Record<string, readonly string[]>> = {
  connection_established: ['protocolVersion', 'capabilities', 'entityId', 'expiresAt'],
  messageError: ['event', 'code', 'retryable', 'issues', 'retryAfterMs'],
  messageBroadcast: [...POSITION, 'inReplyToMessageId', 'metadata', 'incomplete'],
  messageComplete: ['messageId', 'inReplyToMessageId'],
  messageDeleted: POSITION,
  channelCleared: POSITION,
  channelUpdated: POSITION,
  channelDeleted: POSITION,
  connection_ended: ['reason', 'message', 'reconnect'],
  channel_left: ['channelId', 'reason', 'message'],
  presence_changed: ['channelId', 'count', 'members', 'joined', 'left', 'updated'],
  messageStreamChunk: [
    ...['messageId', 'channelId', 'agentId', 'senderName', 'inReplyToMessageId'],
    ...['index', 'offset', 'chunk', 'tool', 'thought'],
  ],
  messageStreamError: [
    ...['messageId', 'channelId', 'agentId', 'inReplyToMessageId', 'code', 'error', 'partialText'],
  ],
};

/** Events that are kept in a journal: each says where it stands there. */
const DURABLE_EVENTS = Object.keys(ADDED_FIELDS).filter((event) => ADDED_FIELDS[event]?.includes('seq'));

const events: EventRegistry = protocol.serverToClient;

/**
 * Expects an event of the contract, with one payload that matches and has no field that neither the document
 * nor a later version names; a durable one with its place in the journal.
 */
export function checkPacket({ event, args }: Packet): void {
  expect(Object.keys({ ...FIELDS, ...ADDED_FIELDS }), 'the server sent an event nobody knows').toContain(
    event,
  );
  expect(args, event).toHaveLength(1);
  expect(events[event]?.payload?.check(args[0]), event).toBe(true);
  const named = [...(FIELDS[event] ?? []), ...(ADDED_FIELDS[event] ?? [])];
  const unnamed = Object.keys(args[0] ?? {}).filter((field) => !named.includes(field));
  expect(unnamed, `fields of ${event}`).toEqual([]);
  if (DURABLE_EVENTS.includes(event)) {
    expect(args[0], event).toMatchObject({ seq: expect.any(Number), epoch: expect.stringMatching(/./) });
    expect(Reflect.get(Object(args[0]), 'seq'), `seq of ${event}`).toBeGreaterThan(0);
  }
}
