import type { PayloadOf } from '@wirepact/contract/runtime';
import { type AnswerStream, type MessageStreamChunk, type Protocol, protocol } from '@wirepact/protocol';
import type { Broadcaster } from '../../runtime/ports/connection';
import { emitByName } from '../../runtime/ports/emitter';
import type { Peers } from '../../runtime/ports/peers';
import { type Piece, type TurnSubject, toSnapshot } from './answer-stream';
import type { ChannelFeed, ChatConnection } from './channel-feed';
import { MissedChunks } from './missed-chunks';
import { type ThoughtGrants, toThoughtRoom } from './thought-grants';
import type { Turn } from './turn';

/** What other processes are sent: a chunk, the answer that has no more, and what is told of its end. */
const CHUNK = 'chat:chunk';
const LAST = 'chat:last-chunk';
const END = 'chat:end';
/** So many ends are remembered that were told. */
const MAX_ENDS = 10_000;

const { payload: chunkSchema } = protocol.serverToClient.messageStreamChunk;

type Told<Name extends keyof Protocol['serverToClient']> = {
  readonly event: Name;
  readonly payload: PayloadOf<Protocol['serverToClient'][Name]>;
};

/** What members are told of the end of a turn. */
export type TurnEndEvent = Told<'messageStreamError'> | Told<'messageComplete'>;

const toEndKey = (messageId: string, event: TurnEndEvent['event']) => `${messageId} ${event}`;

/** A chunk on its way to the members of all processes who are in this life of its channel. */
interface ToldChunk {
  readonly epoch: string;
  readonly chunk: MessageStreamChunk;
}

const isToldChunk = (value: unknown): value is ToldChunk =>
  typeof Object(value).epoch === 'string' && chunkSchema.check(Object(value).chunk);

/** An end of a turn on its way to them. */
type ToldEnd = TurnEndEvent & { readonly messageId: string; readonly epoch: string };

function isEnd(value: unknown): value is ToldEnd {
  const { messageId, epoch, event, payload }: Record<string, unknown> = { ...Object(value) };
  if (typeof messageId !== 'string' || typeof epoch !== 'string') return false;
  if (event !== 'messageStreamError' && event !== 'messageComplete') return false;
  return protocol.serverToClient[event].payload.check(payload);
}

/** What {@link ChunkWire} needs. */
export interface ChunkWireDeps {
  readonly broadcaster: Pick<Broadcaster<Protocol['serverToClient']>, 'toLocal'>;
  readonly peers: Peers;
  readonly feed: Pick<ChannelFeed, 'membersOf' | 'epochOf'>;
  readonly thoughts: ThoughtGrants<ChatConnection>;
}

/** Connections that are behind in one answer, and what they have missed of it. */
type Behind = Map<ChatConnection, MissedChunks>;

/**
 * Puts answers under way on the wire. A chunk is encoded once for everybody in the channel, and other processes do the same
 * for their members. A connection that has too much waiting for it gets none until it has taken that, then all that it
 * missed as one.
 */
export class ChunkWire {
  /** By the ids of the answers. */
  private readonly behind = new Map<string, Behind>();
  /** The channels that connections join now, each until it has or cannot. */
  private readonly joins = new Map<ChatConnection, Map<string, Promise<void>>>();
  /** Ends that were told here, the oldest first. */
  private readonly ends = new Set<string>();

  constructor(private readonly deps: ChunkWireDeps) {
    deps.peers.onMessage(CHUNK, (told) => {
      if (isToldChunk(told)) this.deliver(told);
    });
    deps.peers.onMessage(END, (end) => {
      if (isEnd(end)) this.deliverEnd(end);
    });
    deps.peers.onMessage(LAST, (message) => {
      const messageId: unknown = Object(message).messageId;
      if (typeof messageId === 'string') this.behind.delete(messageId);
    });
  }

  /** Sends a piece of an answer to those who are in its channel and may have it. */
  readonly send = ({ subject }: Turn, { index, addition }: Piece): void => {
    const { messageId, channelId, epoch, agentId, senderName, inReplyToMessageId } = subject;
    const { kind, offset } = addition;
    const chunk: MessageStreamChunk = {
      messageId,
      channelId,
      agentId,
      senderName,
      inReplyToMessageId,
      index,
      offset,
      chunk: kind === 'text' ? addition.text : '',
      ...(kind === 'thought' && { thought: addition.text }),
      ...(kind === 'tool' && { tool: addition.tool }),
    };
    const told: ToldChunk = { epoch, chunk };
    this.deps.peers.send(CHUNK, told);
    this.deliver(told);
  };

  /** There are no more: who is behind is not told what it missed, as the message has it all. */
  end({ subject: { messageId } }: Turn): void {
    this.deps.peers.send(LAST, { messageId });
    this.behind.delete(messageId);
  }

  /** Tells the members of the end of an answer, in all processes; in each once, whoever tells it again. */
  tellEnd({ messageId, epoch }: Pick<TurnSubject, 'messageId' | 'epoch'>, end: TurnEndEvent): void {
    const told = { messageId, epoch, ...end };
    this.deps.peers.send(END, told);
    this.deliverEnd(told);
  }

  /** Sends who joins no chunks meanwhile: the answer to the join says what they say, and cannot come before them. */
  async joining<Answer>(
    connection: ChatConnection,
    channelId: string,
    join: () => Promise<Answer>,
  ): Promise<Answer> {
    const joins = this.joins.get(connection) ?? new Map<string, Promise<void>>();
    this.joins.set(connection, joins);
    let end = () => {};
    const over = new Promise<void>((resolve) => {
      end = resolve;
    });
    joins.set(channelId, over);
    try {
      return await join();
    } finally {
      // Its answer is sent in this turn of the event loop.
      setImmediate(() => {
        if (joins.get(channelId) === over) joins.delete(channelId);
        if (joins.size === 0 && this.joins.get(connection) === joins) this.joins.delete(connection);
        end();
      });
    }
  }

  /** What a connection that joins is told of an answer; `undefined` where nobody has heard of it yet. */
  snapshot({ stream, draft, subject }: Turn, connection: ChatConnection): AnswerStream | undefined {
    stream.flush();
    if (stream.nextIndex === 0) return undefined;
    // One that was behind has missed nothing any more; in a dialect, only who was not in the channel is told what the answer says.
    if (connection.dialect === undefined || this.joins.get(connection)?.has(subject.channelId))
      this.behind.get(subject.messageId)?.get(connection)?.forget();
    const mayReadThoughts = this.mayReadThoughts(connection, subject.channelId);
    return toSnapshot(subject, draft.answer, { nextIndex: stream.nextIndex, mayReadThoughts });
  }

  /** Whether a connection may read what the agents of a channel think. */
  mayReadThoughts(connection: ChatConnection, channelId: string): boolean {
    return this.deps.thoughts.may(connection, channelId);
  }

  /** Whether the members of this process were told that an answer is complete. */
  wasEnded(messageId: string): boolean {
    return this.ends.has(toEndKey(messageId, 'messageComplete'));
  }

  private deliverEnd({ messageId, epoch, event, payload }: ToldEnd): void {
    const key = toEndKey(messageId, event);
    if (this.ends.has(key)) return;
    const [oldest] = this.ends;
    if (this.ends.size >= MAX_ENDS && oldest !== undefined) this.ends.delete(oldest);
    this.ends.add(key);
    const { broadcaster, feed } = this.deps;
    const { channelId } = payload;
    if (feed.epochOf(channelId) === epoch) emitByName(broadcaster.toLocal(channelId), event, payload);
  }

  /** Sends a chunk to the members who are connected to this process. */
  private deliver({ epoch, chunk }: ToldChunk): void {
    const { broadcaster, feed, thoughts } = this.deps;
    const { channelId } = chunk;
    if (feed.epochOf(channelId) !== epoch) return;
    const isLimited = chunk.thought !== undefined && thoughts.isLimited;
    const slow = this.findSlow(chunk);
    for (const [connection, missed] of slow)
      if (!isLimited || this.mayReadThoughts(connection, channelId)) missed.add(chunk);
    const ids = [...slow.keys()].map(({ id }) => id);
    broadcaster
      .toLocal(isLimited ? toThoughtRoom(channelId) : channelId, ids)
      .emit('messageStreamChunk', chunk);
  }

  /** Those who get no chunk now; each is told the rest once it has taken what waits for it. */
  private findSlow({ channelId, messageId }: MessageStreamChunk): Behind {
    const behind: Behind = this.behind.get(messageId) ?? new Map();
    for (const { connection, state } of this.deps.feed.membersOf(channelId)) {
      if (state !== 'live' || behind.has(connection)) continue;
      const join = this.joins.get(connection)?.get(channelId);
      if (!join && !connection.isCongested()) continue;
      behind.set(connection, new MissedChunks());
      this.behind.set(messageId, behind);
      void (join ?? connection.drained()).then(() => this.catchUp(connection, channelId, messageId));
    }
    return behind;
  }

  private catchUp(connection: ChatConnection, channelId: string, messageId: string): void {
    const behind = this.behind.get(messageId);
    const missed = behind?.get(connection);
    behind?.delete(connection);
    if (behind?.size === 0) this.behind.delete(messageId);
    const isMember = this.deps.feed.membersOf(channelId).some((member) => member.connection === connection);
    if (!missed || !isMember) return;
    for (const chunk of missed.take()) connection.emit('messageStreamChunk', chunk);
  }
}
