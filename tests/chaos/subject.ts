import type { Store } from '@wirepact/server';
import { BoardPage } from './board-page';
import { readStoredBoard } from './board-store';
import { boardWire } from './board-wire';
import { ChatPage } from './chat-page';
import { readStoredChannel } from './chat-store';
import { chatWire } from './chat-wire';
import type { CreatePage } from './page';
import type { ChaosPlan } from './plan';
import type { StoredChannel } from './run-record';
import type { Wire } from './wire';

/** The contract that a run is about, as everything else in the run sees it. */
export interface Subject {
  readonly wire: Wire;
  /** Loads a page of an application that uses the SDK. */
  readonly createPage: CreatePage;
  /** All of a channel; `undefined` where there is none. */
  readStored(store: Store, channelId: string): Promise<StoredChannel | undefined>;
}

export const SUBJECTS: Readonly<Record<ChaosPlan['subject'], Subject>> = {
  chat: {
    wire: chatWire,
    createPage: (settings, storage) => new ChatPage(settings, storage),
    readStored: readStoredChannel,
  },
  board: {
    wire: boardWire,
    createPage: (settings) => new BoardPage(settings),
    readStored: readStoredBoard,
  },
};
