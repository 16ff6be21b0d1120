import type { AnswerStream, MessageStreamChunk, Protocol } from '@wirepact/protocol';
import type { Broadcaster } from '../../runtime/ports/connection';
import { type Piece, type Sent, toSnapshot } from './answer-stream';
import type { ChannelFeed, ChatConnection } from './channel-feed';
import { type ThoughtGrants, toThoughtRoom } from './thought-grants';
import type { Turn } from './turn';

/** What {@link ChunkWire} needs. */
export interface ChunkWireDeps {
  readonly broadcaster: Broadcaster<Protocol['serverToClient']>;
  readonly feed: Pick<ChannelFeed, 'membersOf'>;
  readonly thoughts: ThoughtGrants<ChatConnection>;
}

/** Connections that are behind in one answer, and what they have of it. */
type Behind = Map<ChatConnection, Sent>;

/**
 * Puts answers under way on the wire. A chunk is encoded once for everybody in the channel. A connection that has too
 * much waiting for it gets none until it has taken that, then all that it missed as one.
 */
export class ChunkWire {
  private readonly behind = new WeakMap<Turn, Behind>();

  constructor(private readonly deps: ChunkWireDeps) {}

  /** Sends a piece of an answer to those who are in its channel and may have it. */
  readonly send = (turn: Turn, { index, addition }: Piece): void => {
    const { broadcaster, thoughts } = this.deps;
    const { channelId } = turn.subject;
    const { kind, offset } = addition;
    const chunk = kind === 'text' ? addition.text : '';
    const isLimited = kind === 'thought' && thoughts.isLimited;
    broadcaster
      .to(isLimited ? toThoughtRoom(channelId) : channelId, this.findSlow(turn))
      .emit('messageStreamChunk', {
        ...toBase(turn, index, offset),
        chunk,
        ...(kind === 'thought' && { thought: addition.text }),
        ...(kind === 'tool' && { tool: addition.tool }),
      });
  };

  /** What a connection that joins is told of an answer; `undefined` where nobody has heard of it yet. */
  snapshot(turn: Turn, connection: ChatConnection): AnswerStream | undefined {
    const { stream, draft, subject } = turn;
    stream.flush();
    if (stream.nextIndex === 0) return undefined;
    // One that was behind is not any more.
    const behind = this.behind.get(turn);
    if (behind?.has(connection)) behind.set(connection, stream.sent);
    const mayReadThoughts = this.mayReadThoughts(connection, subject.channelId);
    return toSnapshot(subject, draft.answer, { nextIndex: stream.nextIndex, mayReadThoughts });
  }

  /** Whether a connection may read what the agents of a channel think. */
  mayReadThoughts(connection: ChatConnection, channelId: string): boolean {
    return this.deps.thoughts.may(connection, channelId);
  }

  /** The ids of those who get no chunk now; each is told the rest once it has taken what waits for it. */
  private findSlow(turn: Turn): string[] {
    const behind = this.behind.get(turn) ?? new Map<ChatConnection, Sent>();
    for (const { connection, state } of this.deps.feed.membersOf(turn.subject.channelId)) {
      if (state !== 'live' || behind.has(connection) || !connection.isCongested()) continue;
      behind.set(connection, turn.stream.sent);
      this.behind.set(turn, behind);
      void connection.drained().then(() => this.catchUp(turn, connection, behind));
    }
    return [...behind.keys()].map(({ id }) => id);
  }

  private catchUp(turn: Turn, connection: ChatConnection, behind: Behind): void {
    const { channelId } = turn.subject;
    // Others have this before: it goes on with them from the same place.
    turn.stream.flush();
    const has = behind.get(connection);
    behind.delete(connection);
    const isMember = this.deps.feed.membersOf(channelId).some((member) => member.connection === connection);
    if (!has || !isMember || turn.isOver) return;
    const { draft, stream } = turn;
    const base = toBase(turn, Math.max(0, stream.nextIndex - 1), has.text);
    const mayRead = this.mayReadThoughts(connection, channelId);
    const thought = mayRead ? draft.thought?.slice(has.thought) : undefined;
    connection.emit('messageStreamChunk', {
      ...base,
      chunk: draft.text.slice(has.text),
      ...(thought && { thought }),
    });
    if (stream.sent.tool === has.tool) return;
    const offset = draft.text.length;
    for (const tool of draft.tools)
      connection.emit('messageStreamChunk', { ...base, offset, chunk: '', tool: { ...tool } });
  }
}

/** What every chunk of an answer says. */
const toBase = (
  { subject: { messageId, channelId, agentId, senderName, inReplyToMessageId } }: Turn,
  index: number,
  offset: number,
): Omit<MessageStreamChunk, 'chunk'> => ({
  messageId,
  channelId,
  agentId,
  senderName,
  inReplyToMessageId,
  index,
  offset,
});
