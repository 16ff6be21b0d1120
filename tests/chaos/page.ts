import type { AskedChange, ClientSettings } from './chaos-client';
import type { PageStorage } from './page-storage';
import type { MemberView, Receipt } from './run-record';

/** One page of an application that uses the SDK, from its load until it is thrown away. */
export interface Page {
  /** Whether it is in all its channels. */
  isReady(): boolean;
  /** Resolves once it has been let into the channel. */
  entered(channelId: string): Promise<unknown>;
  /** Sends a message, or, where an earlier page had taken it, sees to it that it is sent. */
  send(channelId: string, name: string, wasTaken: boolean): Promise<Receipt>;
  /** Does not show any more a message that could not be sent. */
  discard(channelId: string, name: string): void;
  sendOnce(channelId: string, name: string): Promise<Receipt>;
  change(asked: AskedChange): Promise<unknown>;
  view(channelId: string): MemberView;
  /** Is gone, as a page that is reloaded: without a word to the server or the storage. */
  leave(cutOff: () => void): void;
}

/** Loads a page. */
export type CreatePage = (settings: ClientSettings, storage: PageStorage) => Page;

/** What is known of a channel that was not entered yet. */
export const EMPTY_VIEW: MemberView = {
  ...{ position: undefined, messages: [], properties: {}, hasOlder: true, unsent: [], streaming: [] },
};
