import { createClientError } from '../../runtime/base/client-errors';
import { LazyPart } from '../../runtime/base/lazy-part';
import { reportUncaught } from '../../runtime/base/report-uncaught';
import type { ChatContract } from '../chat-contract';
import type { OutboxOptions, OutboxStorage, OutgoingPayload, SendState, StoredSend } from './outbox-storage';
import type { StoredSends } from './stored-sends';

/** The messages a storage keeps. The code for it is loaded by clients that have one; whatever happens, nothing here rejects. */
export class LazyStoredSends {
  readonly #part: LazyPart<StoredSends>;
  readonly #onError: OutboxOptions['onStorageError'];

  constructor(contract: ChatContract, storage: OutboxStorage, onError: OutboxOptions['onStorageError']) {
    const isMessage = (payload: unknown) => contract.clientToServer.send_message.payload.check(payload);
    this.#onError = onError;
    this.#part = new LazyPart('keeps messages over a reload', async () => {
      const { StoredSends } = await import('./stored-sends');
      return new StoredSends({ storage, isMessage, onError });
    });
    // What is sent later is kept at once.
    void this.#run(() => {});
  }

  /** The messages of a channel and sender, oldest first; each is given out once. */
  async take(channelId: string, entityId: string): Promise<StoredSend[]> {
    return (await this.#run((sends) => sends.take(channelId, entityId))) ?? [];
  }

  /** Keeps a message behind all others. */
  append(payload: OutgoingPayload, state: SendState): void {
    void this.#run((sends) => sends.append(payload, state));
  }

  /** Keeps a message in its place, in another state. */
  update(payload: OutgoingPayload, state: SendState): void {
    void this.#run((sends) => sends.update(payload, state));
  }

  /** Forgets a message. */
  remove(payload: OutgoingPayload): void {
    void this.#run((sends) => sends.remove(payload));
  }

  async #run<Result>(use: (sends: StoredSends) => Result | Promise<Result>): Promise<Result | undefined> {
    try {
      const sends = await this.#part.load();
      return await use(sends);
    } catch (cause) {
      this.#report(cause);
      return undefined;
    }
  }

  /** Nothing but the loading fails here: what a storage does wrong is told by what was loaded. */
  #report(cause: unknown): void {
    const text = 'What keeps messages over a reload could not be loaded.';
    try {
      if (this.#onError) this.#onError(createClientError('STORAGE_FAILED', text, cause));
      else console.warn(`wirepact: ${text} Messages are sent all the same.`);
    } catch (error) {
      reportUncaught(error);
    }
  }
}
