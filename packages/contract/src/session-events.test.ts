import { describe, expect, it } from 'vitest';
import { findPayloadError, findReplyError } from './payload-error';
import { SESSION_EVENTS } from './session-events';
import { SESSION_NAMES } from './session-names';

const { clientToServer, serverToClient } = SESSION_EVENTS;
const codeOf = async (error: Promise<{ code: string }> | undefined) => (await error)?.code;

describe('the events of the session', () => {
  it('have a name for each part, and no two the same', () => {
    const parts = [...Object.keys(clientToServer), ...Object.keys(serverToClient)];
    expect(Object.keys(SESSION_NAMES).sort()).toEqual(parts.sort());
    expect(new Set(Object.values(SESSION_NAMES)).size).toBe(parts.length);
  });

  it.each([
    [clientToServer.join, { room: 'board', id: 'b1' }],
    [clientToServer.join, { room: 'board', id: 'b1', resume: { epoch: 'e', seq: 3 } }],
    [clientToServer.authenticate, { auth: { token: 't' } }],
    [clientToServer.streamCredit, { stream: '1', credit: 16 }],
    [clientToServer.watchPresence, { room: 'board', id: 'b1', watching: true }],
    [clientToServer.updatePresence, { room: 'board', id: 'b1' }],
    [clientToServer.updatePresence, { room: 'board', id: 'b1', state: { typing: true }, ttlMs: 1 }],
    [serverToClient.presenceChanged, { room: 'board', id: 'b1', count: 1_000 }],
    [
      serverToClient.presenceChanged,
      {
        ...{ room: 'board', id: 'b1', count: 1 },
        members: [{ identity: { entityId: 'ada', name: 'Ada', avatar: 'a.png' }, state: { typing: true } }],
        joined: [{ identity: { entityId: 'bob' } }],
        left: ['cleo'],
        updated: [{ entityId: 'ada' }],
      },
    ],
    [serverToClient.established, { protocolVersion: '1.0.0', capabilities: ['move_card'], other: 1 }],
    [serverToClient.streamItems, { stream: '1', items: [1, { a: 1 }] }],
    [serverToClient.streamEnd, { stream: '1' }],
    [serverToClient.streamEnd, { stream: '1', error: { code: 'X', message: 'm', retryable: false } }],
  ])('take what they are for', async (event, payload) => {
    expect(await findPayloadError(event, payload)).toBeUndefined();
  });

  it.each([
    [clientToServer.join, { room: 'board' }, '/id'],
    [clientToServer.join, { room: 'board', id: 'b1', resume: { epoch: 'e', seq: -1 } }, '/resume'],
    [clientToServer.join, { room: 'board', id: 'x'.repeat(257) }, '/id'],
    [clientToServer.authenticate, { auth: [] }, '/auth'],
    [clientToServer.streamCredit, { stream: '1', credit: 0.5 }, '/credit'],
    [clientToServer.watchPresence, { room: 'board', id: 'b1' }, '/watching'],
    [clientToServer.updatePresence, { room: 'board', id: 'b1', state: [] }, '/state'],
    [clientToServer.updatePresence, { room: 'board', id: 'b1', ttlMs: -1 }, '/ttlMs'],
    [serverToClient.presenceChanged, { room: 'board', id: 'b1' }, '/count'],
    [serverToClient.presenceChanged, { room: 'board', id: 'b1', count: 1, members: [{}] }, '/members'],
    [serverToClient.presenceChanged, { room: 'board', id: 'b1', count: 1, left: [1] }, '/left'],
    [serverToClient.established, { capabilities: [1] }, '/capabilities'],
    [serverToClient.streamItems, { stream: '1', items: { length: 1 } }, '/items'],
    [serverToClient.streamEnd, { stream: '1', error: 'X' }, '/error'],
    [serverToClient.streamEnd, [], ''],
  ])('refuse what they are not for, and say where', async (event, payload, path) => {
    const error = await findPayloadError(event, payload);
    expect(error?.code).toBe('INVALID_PAYLOAD');
    expect(error?.issues?.[0]?.path).toBe(path);
  });

  it('check what is answered', async () => {
    expect(
      await codeOf(findReplyError(clientToServer.join, { epoch: 'e', seq: 0, recovered: true })),
    ).toBeUndefined();
    expect(await codeOf(findReplyError(clientToServer.join, { epoch: 'e' }))).toBe('INVALID_PAYLOAD');
    expect(await codeOf(findReplyError(clientToServer.heartbeat, { time: 1 }))).toBeUndefined();
  });
});
