import type { Attachment, ToolUse } from '@wirepact/protocol';

/** A message of a channel, as an agent sees it. */
export interface AgentMessage {
  readonly id: string;
  readonly channelId: string;
  readonly serverId: string;
  readonly senderId: string;
  readonly senderName: string;
  readonly text: string;
  /** Unix time in milliseconds. */
  readonly createdAt: number;
  readonly source: string;
  readonly inReplyToMessageId?: string | undefined;
  readonly attachments?: readonly unknown[] | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
  /** Epoch of the channel when the message was kept. */
  readonly epoch: string;
  /** Number of the message's event in the channel's journal. */
  readonly seq: number;
}

/** A part of an agent's answer, sent to the channel as it comes. A string is a text part. */
export type AgentPart =
  | string
  | {
      readonly text?: string;
      /** Why the agent answers so; for those who may read it. */
      readonly thought?: string;
      /** Something the agent did; JSON. */
      readonly action?: unknown;
      readonly attachment?: Attachment;
      /** A tool called, or with the same `id` what came of it. */
      readonly tool?: Readonly<ToolUse>;
    };

/** Where an agent's process writes what happens; pino and `console` are such. */
export interface AgentLogger {
  debug(...words: readonly unknown[]): void;
  info(...words: readonly unknown[]): void;
  warn(...words: readonly unknown[]): void;
  error(...words: readonly unknown[]): void;
}

/** What an agent may use while it answers. */
export interface AgentContext {
  /** Id of the channel in which the agent answers. */
  readonly channelId: string;
  /** Id of the server that the channel belongs to. */
  readonly serverId: string;
  /** Up to `limit` messages of the channel, from 1 to 200, oldest first, the one to answer last. Default 20. */
  history(limit?: number): Promise<readonly AgentMessage[]>;
  /** Aborted when the answer is no longer wanted: it was cancelled, time is up, the channel is gone, the agent stops. */
  readonly signal: AbortSignal;
  /** Where the agent logs. */
  readonly logger: AgentLogger;
}

/** Somebody who answers messages: the same as an agent of the server. */
export interface Agent {
  /** Who answers: the identity that the client has. */
  readonly id: string;
  /** Display name of the sender of its answers. */
  readonly name: string;
  /** Answers one message of a person; what it yields is streamed to the channel and becomes one message. */
  respond(message: AgentMessage, context: AgentContext): AsyncIterable<AgentPart>;
}
