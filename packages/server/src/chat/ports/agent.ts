import type { Attachment } from '@wirepact/protocol';
import type { Logger } from 'pino';
import type { Message } from './store';

/** A part of an agent's answer. Text parts are joined in order; a string is a text part. */
export type AgentPart =
  | string
  | {
      readonly text?: string;
      /** Why the agent answers so; broadcast as the message's `thought`. */
      readonly thought?: string;
      /** Something the agent did; JSON. Broadcast in the message's `actions`. */
      readonly action?: unknown;
      readonly attachment?: Attachment;
    };

/** What an agent may use while it answers. */
export interface AgentContext {
  readonly channelId: string;
  readonly serverId: string;
  /** Up to `limit` messages of the channel, oldest first, the one to answer last. Default 20. */
  history(limit?: number): Promise<readonly Message[]>;
  /** Aborted when the answer is no longer wanted: time is up, the channel is gone, the server closes. */
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
   * Answers one message of a person; messages of agents are never passed to agents. What it yields
   * becomes one message; yielding no text means saying nothing.
   */
  respond(message: Message, context: AgentContext): AsyncIterable<AgentPart>;
}
