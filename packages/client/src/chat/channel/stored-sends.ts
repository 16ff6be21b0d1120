import { createClientError } from '../../runtime/base/client-errors';
import { untilAborted, withDeadline } from '../../runtime/base/deadline';
import { isRecord } from '../../runtime/base/is-record';
import { reportUncaught } from '../../runtime/base/report-uncaught';
import type { ChatContract } from '../chat-contract';
import type { ChatError } from '../chat-error';
import type { OutboxOptions, OutboxStorage, OutgoingPayload, StoredSend } from './outbox-storage';

/** How long a storage may take to say what it keeps before messages are sent without it. */
const LOAD_TIMEOUT_MS = 3000;

/** What {@link StoredSends} need. */
export interface StoredSendsOptions {
  readonly storage: OutboxStorage;
  /** Whether a payload is a message, as far as its schema says. */
  readonly isMessage: (payload: unknown) => boolean;
  /** Default: a console warning, once. */
  readonly onError?: ((error: ChatError) => void) | undefined;
}

/** What a kept message has besides itself. */
export type SendState = Pick<StoredSend, 'error' | 'losses'>;

/** Warns on the console, once. */
function createStorageWarning(): (error: ChatError) => void {
  let warned = false;
  return ({ message }) => {
    if (!warned) console.warn(`wirepact: ${message} Messages are sent all the same.`);
    warned = true;
  };
}

const isError = (value: unknown) =>
  isRecord(value) &&
  typeof value.code === 'string' &&
  typeof value.message === 'string' &&
  (value.retryable === undefined || typeof value.retryable === 'boolean');

/** Message ids are unique for a sender in a channel only. */
export const toStoredId = ({ channelId, entityId, messageId }: OutgoingPayload): string =>
  JSON.stringify([channelId.toLowerCase(), entityId, messageId]);

/** The messages a storage keeps. Whatever the storage does, nothing here rejects. */
export class StoredSends {
  readonly #saving = new Map<string, Promise<void>>();
  #loaded: Promise<StoredSend[]> | undefined;
  /** What rises from message to message, by the id of a message that is kept. */
  readonly #orders = new Map<string, number>();
  #lastOrder = 0;
  readonly #onError: (error: ChatError) => void;

  readonly #options: StoredSendsOptions;

  constructor(options: StoredSendsOptions) {
    this.#options = options;
    this.#onError = options.onError ?? createStorageWarning();
  }

  /** The messages of a channel and sender, oldest first; each is given out once. */
  async take(channelId: string, entityId: string): Promise<StoredSend[]> {
    this.#loaded ??= this.#load();
    const sends = await this.#loaded;
    const isWanted = ({ payload }: StoredSend) =>
      payload.entityId === entityId && payload.channelId.toLowerCase() === channelId.toLowerCase();
    const taken = sends.filter(isWanted).sort((one, other) => one.order - other.order);
    for (const send of taken) sends.splice(sends.indexOf(send), 1);
    return taken;
  }

  /** Keeps a message behind all others. */
  append(payload: OutgoingPayload, state: SendState): void {
    // Higher than every number before, also than those of earlier pages.
    this.#lastOrder = Math.max(Date.now(), this.#lastOrder + 1);
    this.#orders.set(toStoredId(payload), this.#lastOrder);
    this.update(payload, state);
  }

  /** Keeps a message in its place, in another state. */
  update(payload: OutgoingPayload, state: SendState): void {
    const id = toStoredId(payload);
    const send: StoredSend = { version: 1, id, order: this.#orders.get(id) ?? 0, payload, ...state };
    this.#enqueue(id, (storage) => storage.save(send));
  }

  /** Forgets a message. */
  remove(payload: OutgoingPayload): void {
    this.#forget(toStoredId(payload));
  }

  #forget(id: string): void {
    this.#orders.delete(id);
    this.#enqueue(id, (storage) => storage.remove(id));
  }

  /** Changes of one message reach the storage one after the other: a slow `save` must not undo a `remove`. */
  #enqueue(id: string, change: (storage: OutboxStorage) => Promise<void>): void {
    const { storage } = this.#options;
    const before = this.#saving.get(id) ?? Promise.resolve();
    const done = before
      .then(() => change(storage))
      .catch((cause: unknown) => this.#report('The storage of the outbox failed.', cause))
      .then(() => {
        if (this.#saving.get(id) === done) this.#saving.delete(id);
      });
    this.#saving.set(id, done);
  }

  async #load(): Promise<StoredSend[]> {
    try {
      // A storage may also throw before it has a promise to give.
      const read = async () => this.#options.storage.load();
      const kept: unknown = await withDeadline('`load`', { timeoutMs: LOAD_TIMEOUT_MS }, (tooLate) =>
        untilAborted(read(), tooLate),
      );
      if (!Array.isArray(kept)) throw new TypeError('`load` did not give an array.');
      const sends = kept.filter((value) => this.#isUsable(value));
      for (const { order } of sends) this.#lastOrder = Math.max(this.#lastOrder, order);
      return sends;
    } catch (cause) {
      this.#report('The storage of the outbox could not be read.', cause);
      return [];
    }
  }

  #isUsable(value: unknown): value is StoredSend {
    // Another version of the client may share the storage and come back for what is its own.
    if (isRecord(value) && typeof value.version === 'number' && value.version !== 1) return false;
    try {
      this.#checkSend(value);
      return true;
    } catch (cause) {
      this.#report('The storage of the outbox held something that is not a message; it was dropped.', cause);
      if (isRecord(value) && typeof value.id === 'string') this.#forget(value.id);
      return false;
    }
  }

  #checkSend(value: unknown): void {
    if (!isRecord(value)) throw new TypeError('It is not an object.');
    const { version, id, order, payload, error, losses } = value;
    if (version !== 1 || typeof id !== 'string' || !Number.isFinite(order))
      throw new TypeError('It is not an entry of an outbox.');
    if (error !== undefined && !isError(error)) throw new TypeError('Its `error` is not an error.');
    if (losses !== undefined && !(Number.isSafeInteger(losses) && Number(losses) >= 0))
      throw new TypeError('Its `losses` are not a number of times.');
    if (!this.#options.isMessage(payload)) throw new TypeError('Its `payload` is not a message.');
    // `isMessage` lets messages without an id pass; those of an outbox have one.
    if (toStoredId(payload as OutgoingPayload) !== id)
      throw new TypeError('Its id is that of another message.');
  }

  #report(message: string, cause: unknown): void {
    try {
      this.#onError(createClientError('STORAGE_FAILED', message, cause));
    } catch (error) {
      reportUncaught(error);
    }
  }
}

/** What keeps the messages of a client that has a storage. */
export function createStoredSends(
  contract: ChatContract,
  { storage, onStorageError }: OutboxOptions = {},
): StoredSends | undefined {
  const isMessage = (payload: unknown) => contract.clientToServer.send_message.payload.check(payload);
  return storage && new StoredSends({ storage, isMessage, onError: onStorageError });
}
