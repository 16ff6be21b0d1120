import type { Attachment } from '@wirepact/protocol';
import type { Logger } from 'pino';
import type { Message } from './store';

/** A tool that an agent uses. Yielded for the call, and again with the same `id` for what came of it. */
export interface AgentToolUse {
  /** Names this use within the answer, 1 to 256 characters. */
  readonly id: string;
  /** Name of the tool, 1 to 256 characters. */
  readonly name: string;
  /** What the tool was given; JSON. */
  readonly input?: unknown;
  /** What the tool answered; JSON. */
  readonly output?: unknown;
  /** What went wrong, where the tool failed: up to 8,192 characters, for the members of the channel to read. */
  readonly error?: string;
}

/**
 * A part of an agent's answer, sent to the channel as soon as it is yielded. Text parts are joined in order; a string
 * is a text part. An answer has up to 65,536 characters of text, as many of thought, and 256 other parts of 131,072
 * characters of JSON together; one that has more ends as failed.
 */
export type AgentPart =
  | string
  | {
      readonly text?: string;
      /** Why the agent answers so; sent as the message's `thought` to those who may read it. */
      readonly thought?: string;
      /** Something the agent did; JSON. Kept in the message's `actions`. */
      readonly action?: unknown;
      readonly attachment?: Attachment;
      /** A tool called, or its result. Kept in the message's `actions` as `{ tool }`. */
      readonly tool?: AgentToolUse;
    };

/** What an agent may use while it answers. */
export interface AgentContext {
  /** Id of the channel in which the agent answers. */
  readonly channelId: string;
  /** Id of the server that the channel belongs to. */
  readonly serverId: string;
  /** Up to `limit` messages of the channel, oldest first, the one to answer last. Default 20. */
  history(limit?: number): Promise<readonly Message[]>;
  /** Aborted when the answer is no longer wanted: it was cancelled, time is up, the channel is gone, the server closes. */
  readonly signal: AbortSignal;
  /** Logs in the category `agent` with this agent's id. */
  readonly logger: Logger;
}

/** Somebody in the server's process who answers messages. */
export interface Agent {
  /** UUID; the `agentId` that joins name. */
  readonly id: string;
  /** Display name of the sender of its answers. */
  readonly name: string;
  /**
   * Answers one message of a person; messages of agents are never passed to agents. What it yields is streamed to the
   * channel and becomes one message; yielding no text means saying nothing. Where it throws, what it has said is kept.
   */
  respond(message: Message, context: AgentContext): AsyncIterable<AgentPart>;
}
