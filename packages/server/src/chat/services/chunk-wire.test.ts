import type { MessageStreamChunk } from '@wirepact/protocol';
import { expect, test } from 'vitest';
import { ChunkWire, type ChunkWireDeps } from './chunk-wire';
import { ThoughtGrants } from './thought-grants';
import { Turn } from './turn';

const ID = '00000000-0000-4000-8000-000000000001';

/** A member of the channel, in the hands of the test. */
function createMember(id: string) {
  const told: MessageStreamChunk[] = [];
  let release = () => {};
  const connection = {
    id,
    dialect: undefined as string | undefined,
    isSlow: false,
    isCongested: () => connection.isSlow,
    drained: () =>
      new Promise<void>((resolve) => {
        release = resolve;
      }),
    emit: (_event: string, payload: MessageStreamChunk) => void told.push(payload),
  };
  const drain = async () => {
    connection.isSlow = false;
    release();
    await Promise.resolve();
  };
  return { connection, told, drain };
}

/** An answer under way in a channel with a member. */
function startAnswer() {
  const member = createMember('one');
  const broadcast: MessageStreamChunk[] = [];
  const heard = new Map<string, (message: unknown) => void>();
  // Of connections and rooms only this is used here.
  const deps = {
    broadcaster: {
      toLocal: (_room: unknown, except: string[]) => ({
        emit(_event: string, payload: MessageStreamChunk) {
          broadcast.push(payload);
          if (!except.includes(member.connection.id)) member.told.push(payload);
        },
      }),
    },
    peers: {
      areReachable: false,
      send: () => {},
      onMessage: (name: string, take: (message: unknown) => void) => void heard.set(name, take),
    },
    feed: { membersOf: () => [{ connection: member.connection, state: 'live' }], epochOf: () => ID },
    thoughts: new ThoughtGrants(undefined),
  } as unknown as ChunkWireDeps;
  const wire = new ChunkWire(deps);
  const subject = {
    channelId: ID,
    epoch: ID,
    serverId: ID,
    messageId: ID,
    agentId: ID,
    inReplyToMessageId: ID,
  };
  const turn = new Turn({ ...subject, senderName: 'Eliza' }, wire.send);
  turn.step('begin');
  const say = (part: { text?: string; thought?: string }) =>
    turn.draft.add(part, (addition) => turn.stream.push(addition));
  const snapshot = () => wire.snapshot(turn, deps.feed.membersOf(ID)[0]?.connection as never);
  /** What another process says at this place in its answer. */
  const hear = (offset: number, text: string, more: Partial<MessageStreamChunk> = {}) => {
    const { channelId, messageId, agentId, inReplyToMessageId } = subject;
    const about = { messageId, channelId, agentId, inReplyToMessageId, senderName: 'Eliza' };
    const chunk = { ...about, index: offset, offset, chunk: text, ...more };
    heard.get('chat:chunk')?.({ epoch: ID, chunk });
  };
  return { ...member, broadcast, wire, turn, say, hear, snapshot };
}

const tellings = (chunks: readonly MessageStreamChunk[]) =>
  chunks.map(({ offset, chunk, thought }) => `${offset} ${chunk}${thought ? `(${thought})` : ''}`);

/** Resolves once the answer to a join has been sent. */
const sent = () => new Promise((resolve) => setImmediate(resolve));

test('[STREAMING-6] what waits to be sent is sent before somebody who joins is told of it', () => {
  const { say, snapshot, broadcast, turn } = startAnswer();
  say({ text: 'one ' });
  turn.stream.flush();
  say({ text: 'two', thought: 'hm' });
  expect(snapshot()).toMatchObject({ text: 'one two', thought: 'hm', nextIndex: 3 });
  expect(tellings(broadcast)).toEqual(['0 one ', '4 (hm)', '4 two']);
  turn.stream.flush();
  expect(broadcast).toHaveLength(3);
});

test('[STREAMING-8] who is behind is told the rest once it has taken what waited for it', async () => {
  const { say, connection, told, drain, turn } = startAnswer();
  say({ text: 'one ', thought: 'a' });
  turn.stream.flush();
  connection.isSlow = true;
  say({ text: 'two ', thought: 'b' });
  turn.stream.flush();
  say({ text: 'three ' });
  turn.stream.flush();
  say({ text: 'four ' });
  expect(tellings(told)).toEqual(['0 (a)', '0 one ']);
  await drain();
  expect(tellings(told).slice(2)).toEqual(['4 two three (b)']);
  say({ text: 'five' });
  turn.stream.flush();
  expect(tellings(told).slice(3)).toEqual(['14 four five']);
});

test('[STREAMING-8] who is behind is not told that what was lost from another process was never said', async () => {
  const { hear, connection, told, drain } = startAnswer();
  connection.isSlow = true;
  hear(0, 'one ');
  hear(4, 'two ', { thought: 'a' });
  hear(14, 'four ', { thought: 'b', tool: { id: 'search', name: 'search' } });
  hear(19, 'five');
  await drain();
  expect(tellings(told)).toEqual(['0 one two (a)', '14 four five(b)', '23 ']);
  expect(told.map(({ tool }) => tool?.id)).toEqual([undefined, undefined, 'search']);
});

test('[STREAMING-8] who joins while it is behind is told from there on', async () => {
  const { say, connection, told, drain, turn, snapshot } = startAnswer();
  connection.isSlow = true;
  say({ text: 'one ', thought: 'a' });
  turn.stream.flush();
  expect(snapshot()).toMatchObject({ text: 'one ', thought: 'a' });
  say({ text: 'two', thought: 'b' });
  turn.stream.flush();
  expect(told).toEqual([]);
  await drain();
  expect(tellings(told)).toEqual(['4 two(b)']);
});

test('[STREAMING-8] who joins again in a dialect while it is behind is told the rest all the same', async () => {
  const { say, connection, told, drain, turn, snapshot } = startAnswer();
  connection.dialect = 'elizaos';
  connection.isSlow = true;
  say({ text: 'one ' });
  turn.stream.flush();
  expect(snapshot()).toMatchObject({ text: 'one ' });
  say({ text: 'two' });
  turn.stream.flush();
  await drain();
  expect(tellings(told)).toEqual(['0 one two']);
});

test('[STREAMING-8] who is behind when the turn ends is told no more chunks: the message has it all', async () => {
  const { say, connection, told, drain, turn, wire } = startAnswer();
  connection.isSlow = true;
  say({ text: 'one ' });
  turn.stream.flush();
  wire.end(turn);
  await drain();
  expect(told).toEqual([]);
});

test('[STREAMING-6] who joins is sent no chunks before it is told what was said, and then the rest', async () => {
  const { say, connection, told, turn, wire, snapshot } = startAnswer();
  say({ text: 'one ' });
  turn.stream.flush();
  await wire.joining(connection as never, ID, async () => {
    say({ text: 'two ' });
    turn.stream.flush();
    expect(snapshot()).toMatchObject({ text: 'one two ' });
    say({ text: 'three ' });
    turn.stream.flush();
  });
  await sent();
  say({ text: 'four' });
  turn.stream.flush();
  expect(tellings(told)).toEqual(['0 one ', '8 three ', '14 four']);
});
