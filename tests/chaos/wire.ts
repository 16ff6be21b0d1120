import type { AskedChange } from './chaos-client';
import type { ChannelEvent, KeptMessage, Position, Properties, Receipt } from './run-record';

/** An event of a client, with its payload. */
export type WireRequest = readonly [event: string, payload: Readonly<Record<string, unknown>>];

/** What a server says of a channel that somebody joins. */
export interface JoinReply extends Position {
  readonly recovered?: boolean;
  /** Left out where a join does not say. */
  readonly properties?: Properties;
}

/** A part of what a channel holds. */
export interface HistoryPage extends Position {
  /** The oldest first. */
  readonly messages: readonly KeptMessage[];
  readonly hasMore: boolean;
  /** Left out where it is the join that says. */
  readonly properties?: Properties;
}

/** What an answer says that is under way. */
export interface AnswerSoFar {
  readonly messageId: string;
  readonly text: string;
}

/** What members are told of an answer besides its message. */
export type AnswerEvent =
  | (AnswerSoFar & { readonly event: 'chunk'; readonly channelId: string; readonly offset: number })
  | {
      readonly event: 'end';
      readonly channelId: string;
      /** Left out where nobody has heard of the answer. */
      readonly messageId: string | undefined;
      /** Id of the message that was to be answered. */
      readonly question: string;
      /** The event that told it. */
      readonly name: string;
    };

/** How a contract tells of answers of agents. */
export interface AnswerWire {
  readonly events: readonly string[];
  toEvent(event: string, payload: object): AnswerEvent;
  /** What the answer to a join says of them. */
  inJoin(reply: object): readonly AnswerSoFar[];
}

/** The newest messages of a channel. */
export interface Tail {
  readonly ids: readonly string[];
  /** Whether there are no others. */
  readonly isAll: boolean;
}

/** How the events of a contract say what a run does and sees: all that plain Socket.IO has to know of it. */
export interface Wire {
  /** Credentials of the client with this name. */
  auth(name: string): object;
  /** The events that tell of a channel. */
  readonly events: readonly string[];
  /** What one of them tells; `undefined` where it tells of nothing that has a number. */
  toEvent(event: string, payload: object): ChannelEvent | undefined;
  /** Where agents answer. */
  readonly answers?: AnswerWire;
  join(channelId: string, resume: Position | undefined): WireRequest;
  /** Sends the message of this name. */
  send(channelId: string, name: string, senderId: string): WireRequest;
  /** What the answer to it says. */
  toReceipt(reply: object, name: string): Receipt;
  change(asked: AskedChange): WireRequest;
  /** Asks for messages after a number. */
  readHistory(channelId: string, after: number): WireRequest;
  toHistory(reply: object): HistoryPage;
  /** Asks where a channel is, for whoever takes no part in it: the answer has `epoch` and `seq`. */
  askPosition(channelId: string): WireRequest;
  /** The newest messages in the answer to that, where members may know nothing but ids. */
  toTail?(reply: object): Tail;
}
