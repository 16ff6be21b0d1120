/** A place in the journal of a channel. */
export interface Position {
  /** Names the channel's life. */
  readonly epoch: string;
  readonly seq: number;
}

/** What a channel has besides its messages. */
export type Properties = Readonly<Record<string, unknown>>;

/** What an acknowledgement says of a message. */
export interface Receipt extends Position {
  /** The server's id of the message. */
  readonly id: string;
  /** Whether somebody sent it again on purpose, perhaps after others. */
  readonly isRetried?: boolean;
}

/** What became of one message. */
export interface SendRecord {
  readonly sender: string;
  readonly channelId: string;
  /** Names the message: unique in a run, and its client message id. */
  readonly text: string;
  /** Whether it was sent a second time past the outbox, or again after others: it is in no order with these. */
  isRepeated: boolean;
  /** Of every attempt that was acknowledged. */
  readonly receipts: Receipt[];
  /** Whether the promise of the send has settled. */
  isSettled: boolean;
  /** Why the send was given up: the code, where there is one. */
  failure?: string;
}

/** What changes what a channel holds, whatever the events are called that tell of it: a message was sent, one was deleted … */
export type DurableName = 'sent' | 'deleted' | 'cleared' | 'updated' | 'ended';

/** Somebody's knowledge that a number of a channel stands for an event. */
export interface Sighting extends Position {
  readonly client: string;
  readonly channelId: string;
  readonly event: DurableName;
  /** What tells the event from others of its name: the text, the id of the message, the properties as JSON. */
  readonly subject: string;
  /** The message of a `sent` that a member was told. */
  readonly message?: KeptMessage | undefined;
  /** `event`: a member was sent it; `receipt`: it is the answer to a request. */
  readonly from: 'event' | 'receipt';
  /** Of a member on the deployed wire: names the time that it was in the channel without a break. */
  readonly stay?: string;
}

/** A number that the server left out while a member was connected. */
export interface Hole {
  readonly client: string;
  readonly channelId: string;
  readonly epoch: string;
  readonly expected: number;
  readonly got: number;
}

/** A server process that ended without being killed. */
export interface Crash {
  readonly server: string;
  readonly how: string;
}

/** A request that had no answer in time, on a connection that was up all the while. */
export interface Unanswered {
  readonly client: string;
  readonly event: string;
  readonly channelId: string;
  readonly afterMs: number;
}

/** Somebody who did not hear of something: everything was up, all the time it may take had passed, nothing was said since. */
export interface Unheard {
  readonly client: string;
  readonly channelId: string;
  /** Where the member stood, and where the store did. */
  readonly position: Position | undefined;
  readonly head: Position | undefined;
  /** What happened before. */
  readonly after: string;
}

/** A request to delete a channel. */
export interface Deletion {
  readonly client: string;
  readonly channelId: string;
  /** `unknown`: there was no answer, so that it may have been done. */
  outcome: 'done' | 'refused' | 'unknown';
}

/** What a message says as an answer of an agent. */
export interface KeptAnswer {
  /** Id of the message that is answered. */
  readonly question: string;
  /** Why it is not whole. */
  readonly incomplete: 'failed' | 'timeout' | 'cancelled' | undefined;
}

/** A text or a chunk of an answer under way that does not go on where the one before ended. */
export interface Misfit {
  readonly client: string;
  readonly channelId: string;
  readonly messageId: string;
  readonly what: string;
}

/** A member was told that a turn has ended. */
export interface ToldEnd {
  readonly client: string;
  readonly channelId: string;
  /** Id of the message that was to be answered. */
  readonly question: string;
  /** The event that told it. */
  readonly name: string;
  /** Names one connection of the client. */
  readonly connection: string;
}

/** An agent's turn, as server processes reported it. */
export interface TurnRecord {
  readonly channelId: string;
  /** Id that the message of the answer has. */
  readonly messageId: string;
  /** Id of the message that was to be answered. */
  readonly question: string;
  /** The process that cares for it. */
  pid: number | undefined;
  /** When it began, on the clock of `performance.now()`. */
  readonly begunAt: number;
  /** Whether the store had some of its text while it was under way. */
  isKept: boolean;
  /** Whether another process ended it than that of the agent. */
  isTakenOver: boolean;
  isEnded: boolean;
}

/** A message as a member or the store has it. */
export interface KeptMessage {
  readonly id: string;
  readonly seq: number;
  readonly senderId: string;
  /** Its name, where it is one of the run's. */
  readonly text: string;
  /** Where it is an answer. */
  readonly answer?: KeptAnswer | undefined;
}

/** What a member knows of a channel. */
export interface MemberView {
  readonly position: Position | undefined;
  readonly messages: readonly KeptMessage[];
  readonly properties: Properties;
  /** Whether older messages are still to be loaded. */
  readonly hasOlder: boolean;
  /** Texts of messages that are not yet, or not any more, on their way. */
  readonly unsent: readonly string[];
  /** Texts of answers that are still being said. */
  readonly streaming: readonly string[];
}

/** An entry of a channel's journal. */
export interface JournalRecord {
  readonly seq: number;
  readonly event: DurableName;
  /** As in {@link Sighting}. */
  readonly subject: string;
  /** The message of a `sent`. */
  readonly message?: KeptMessage;
  /** The properties of a `updated`. */
  readonly updates?: Properties;
}

/** An event of a channel, as a client is told it. */
export interface ChannelEvent extends JournalRecord, Position {
  readonly channelId: string;
}

/** What the store has of a channel when the run is over. */
export interface StoredChannel extends Position {
  readonly messages: readonly KeptMessage[];
  readonly journal: readonly JournalRecord[];
  readonly properties: Properties;
}

/** Everything a run leaves behind, for the checker. */
export interface RunRecord {
  readonly seed: number;
  /**
   * Members that speak the wire of deployed ElizaOS clients. No number is told them: what they saw has the name of their stay
   * in the channel for an epoch.
   */
  readonly deployed: ReadonlySet<string>;
  readonly sends: readonly SendRecord[];
  readonly sightings: readonly Sighting[];
  readonly holes: readonly Hole[];
  readonly deletions: readonly Deletion[];
  readonly crashes: readonly Crash[];
  readonly unanswered: readonly Unanswered[];
  readonly unheard: readonly Unheard[];
  readonly misfits: readonly Misfit[];
  readonly toldEnds: readonly ToldEnd[];
  readonly turns: readonly TurnRecord[];
  /** Turns that the store still has when all servers are gone. */
  readonly openTurns: number;
  /** By client, then by channel. */
  readonly views: ReadonlyMap<string, ReadonlyMap<string, MemberView>>;
  readonly store: ReadonlyMap<string, StoredChannel>;
  /** What did not end in time, in words. */
  readonly overdue: readonly string[];
}
