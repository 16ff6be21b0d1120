import type { DurableName, Hole, MemberView, Receipt, Sighting } from './run-record';

/** A request that is made once, past the outbox. */
export type ManagementEvent = 'delete_message' | 'clear_channel' | 'update_channel';

/** Is told what a client goes through. */
export interface Observer {
  /** An event has become part of the client's view. */
  seen(sighting: Omit<Sighting, 'client' | 'from'>): void;
  /** A number was left out while connected. */
  hole(hole: Omit<Hole, 'client'>): void;
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
  readonly observer: Observer;
}

/** A client under test: it stays in its channels and keeps sending, whatever happens to the connection. */
export interface ChaosClient {
  /** Whether it has been let into all its channels. */
  isReady(): boolean;
  /** Sends a message whose client message id is its text, again and again until there is a receipt. */
  send(channelId: string, text: string): Promise<Receipt>;
  /** Sends a message once, past all others; rejects where there is no answer. */
  sendOnce(channelId: string, text: string): Promise<Receipt>;
  /** Asks once for a change of a channel; resolves to its number where the reply told it. */
  manage(event: ManagementEvent, payload: { channelId: string } & Record<string, unknown>): Promise<unknown>;
  view(channelId: string): MemberView;
  close(): void;
}

/** What makes a client. */
export type CreateClient = (settings: ClientSettings) => ChaosClient;

/** Names an event of a channel for a comparison with what others saw. */
export function toSubject(
  event: DurableName,
  payload: { readonly text?: string; readonly messageId?: string; readonly updates?: object },
): string {
  if (event === 'messageBroadcast') return payload.text ?? '';
  if (event === 'messageDeleted') return payload.messageId ?? '';
  return event === 'channelUpdated' ? JSON.stringify(payload.updates) : '';
}
