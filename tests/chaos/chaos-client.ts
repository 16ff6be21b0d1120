import type { ChannelDisturbance } from './disturbance';
import type {
  Hole,
  MemberView,
  Misfit,
  Properties,
  Receipt,
  Sighting,
  ToldEnd,
  Unanswered,
} from './run-record';

/** How long the server may take for an answer, in milliseconds. */
export const ANSWER_TIMEOUT_MS = 10_000;

/** A change of a channel that is asked for once, past the outbox. */
export type AskedChange = { readonly channelId: string } & (
  | { readonly kind: Exclude<ChannelDisturbance['kind'], 'delete' | 'update'> }
  /** `cancel` stops an answer. */
  | { readonly kind: 'delete' | 'cancel'; readonly messageId: string }
  | { readonly kind: 'update'; readonly updates: Properties }
);

/** Is told what a client goes through. */
export interface Observer {
  /** An event has become part of the client's view. */
  seen(sighting: Omit<Sighting, 'client' | 'from'>): void;
  /** A number was left out while connected. */
  hole(hole: Omit<Hole, 'client'>): void;
  /** A request had no answer in time, while connected. */
  unanswered(request: Omit<Unanswered, 'client'>): void;
  /** An answer under way has this text. */
  says(answer: { readonly channelId: string; readonly messageId: string; readonly text: string }): void;
  /** What came of an answer does not go on where it was. */
  misfit(misfit: Omit<Misfit, 'client'>): void;
  /** The end of a turn was told. */
  told(end: Omit<ToldEnd, 'client'>): void;
  /** Something else, for the log. */
  note(what: string): void;
  /** The view may be another one now. */
  changed(): void;
}

/** What a client is made with. */
export interface ClientSettings {
  readonly url: string;
  /** Who it sends as. */
  readonly name: string;
  readonly channelIds: readonly string[];
  readonly transports: ('polling' | 'websocket')[];
  /** Whether it speaks the wire of deployed ElizaOS clients. */
  readonly isDeployed: boolean;
  /** Whether chunks of answers may be lost between servers. */
  readonly mayMissChunks: boolean;
  readonly observer: Observer;
}

/** A client under test: it stays in its channels and keeps sending, whatever happens to the connection. */
export interface ChaosClient {
  /** Whether it has been let into all its channels. */
  isReady(): boolean;
  /**
   * Sends the message of this name, which is also its client message id, again and again until there is a receipt;
   * rejects with a `code` where the server does not take it.
   */
  send(channelId: string, name: string): Promise<Receipt>;
  /** Sends a message once, past all others; rejects where there is no answer. */
  sendOnce(channelId: string, name: string): Promise<Receipt>;
  /** Asks once for a change of a channel; resolves to its number where the reply told it. */
  manage(asked: AskedChange): Promise<unknown>;
  view(channelId: string): MemberView;
  /**
   * Is thrown away without a word, and another takes its place with nothing but what was kept in a storage.
   * @param cutOff Ends its connection at once.
   */
  reload?(cutOff: () => void): void;
  close(): void;
}

/** The code of an error that has one. */
export function codeOf(cause: unknown): string | undefined {
  const code: unknown = cause instanceof Error ? Reflect.get(cause, 'code') : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** Whether a request was refused as there is no such channel. */
export const isGone = (cause: unknown): boolean => codeOf(cause)?.endsWith('_NOT_FOUND') === true;
