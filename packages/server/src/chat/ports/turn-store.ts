import type { Attachment, ToolUse } from '@wirepact/protocol';

/** What an agent has said in answer to one message. */
export interface Answer {
  readonly text: string;
  readonly thought?: string | undefined;
  /** Each tool once, with its result where there is one. */
  readonly tools: readonly ToolUse[];
  readonly actions: readonly unknown[];
  readonly attachments: readonly Attachment[];
}

/** An agent's turn to answer a message, as it is kept while it is under way. */
export interface StoredTurn {
  readonly channelId: string;
  /** That of the channel: one that is made anew under the same id has nothing to do with this turn. */
  readonly epoch: string;
  /** Id that the message of the answer will have. */
  readonly messageId: string;
  readonly serverId: string;
  readonly agentId: string;
  readonly senderName: string;
  /** The message that is answered. */
  readonly inReplyToMessageId: string;
  /** What was said so far, when it was kept last. */
  readonly answer: Answer;
}

/** Who cares for a turn under way. */
export interface TurnRow {
  readonly channelId: string;
  readonly messageId: string;
  /** Names a server process; empty where it has let go of the turn. */
  readonly owner: string;
  /** Counts how often the owner has said that it cares: one that stands still is gone. */
  readonly beat: number;
}

/** Says of a turn that it is cared for. */
export interface TurnClaim extends Pick<TurnRow, 'channelId' | 'messageId' | 'owner'> {
  /** Only where the turn still stands there. */
  readonly beat?: number;
  /** What was said so far; left out where that has not changed. */
  readonly answer?: Answer;
  /** Who cares for it from now on. Default: who did before. */
  readonly next?: string;
}

/** What became of a turn: it goes on; somebody has asked for its end; or it is over, or another process has it. */
export type TurnRenewal = 'going' | 'cancelled' | 'gone';

/**
 * Keeps turns of agents that are under way, for all processes of a server: each is ended by one of them.
 *
 * @throws WirepactError `STORE_UNAVAILABLE` from every method, where the store cannot do it now.
 */
export interface TurnStore {
  /** Keeps a turn that begins. */
  begin(turn: StoredTurn, owner: string): Promise<void>;
  /** Renews each of these turns whose claim is right; answers in their order. */
  renew(claims: readonly TurnClaim[]): Promise<readonly TurnRenewal[]>;
  /** Asks whoever cares for a turn to end it; false where there is none, or it was asked before. */
  cancel(channelId: string, messageId: string): Promise<boolean>;
  /** Turns under way that somebody else than `owner` has, in all channels, the oldest ones. */
  listOthers(owner: string, limit: number): Promise<readonly TurnRow[]>;
  /** A turn under way. */
  get(channelId: string, messageId: string): Promise<StoredTurn | undefined>;
  /** Forgets a turn that has ended. */
  end(channelId: string, messageId: string): Promise<void>;
}
