import { randomUUID } from 'node:crypto';

/** The server that every deployment has. */
export const DEFAULT_SERVER = '00000000-0000-0000-0000-000000000000';

/** A payload as it came: nothing about it is known. */
export type Payload = Readonly<Record<string, unknown>>;

/** A channel, as PATCH broadcasts it. */
export interface ChannelRecord {
  readonly id: string;
  readonly messageServerId: string;
  readonly name: string;
  readonly type: string;
  readonly metadata: Payload;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A message, as the database has it. */
export interface MessageRow {
  readonly id: string;
  readonly channelId: string;
  readonly authorId: string;
  readonly content: unknown;
  readonly rawMessage: unknown;
  readonly sourceType: string;
  readonly sourceId?: unknown;
  readonly metadata: Payload;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What a new message has that the database does not make. */
export type NewMessage = Omit<MessageRow, 'id' | 'createdAt' | 'updatedAt'> & { readonly id?: string };

/** Whether a value is a UUID, of any version and in any case. */
export const isUuid = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);

/** Text that PostgreSQL cannot keep. */
const isRefusedText = (value: unknown) => typeof value === 'string' && /[\0\p{Surrogate}]/u.test(value);

/** What the database refuses: what is no text nor number, NUL, half of a surrogate pair, an id that is an object. */
const isRefused = ({ content, sourceId }: NewMessage) =>
  typeof content === 'object' || content === true || typeof sourceId === 'object' || isRefusedText(content);

/** Channels and messages, in memory. */
export class Store {
  readonly channels = new Map<string, ChannelRecord>();
  readonly participants = new Map<string, ReadonlySet<string>>();
  #messages: MessageRow[] = [];
  readonly #retryMs: number;

  constructor(retryMs: number) {
    this.#retryMs = retryMs;
  }

  addChannel(
    channel: Pick<ChannelRecord, 'id' | 'messageServerId' | 'name' | 'type' | 'metadata'>,
    who: string[],
  ) {
    const now = new Date().toISOString();
    const record = { ...channel, createdAt: now, updatedAt: now };
    this.channels.set(channel.id, record);
    this.participants.set(channel.id, new Set(who));
    return record;
  }

  /** Keeps a message; what the database refuses fails after it was tried again, with its SQL and parameters. */
  async addMessage(message: NewMessage): Promise<MessageRow> {
    if (isRefused(message)) {
      await new Promise((resolve) => setTimeout(resolve, this.#retryMs));
      throw new Error(
        `Failed query: insert into "central_messages" ("id", "channel_id", "content") values ($1, $2, $3)\nparams: ${message.channelId},${String(message.content)}`,
      );
    }
    const now = new Date().toISOString();
    const row = { ...message, id: message.id ?? randomUUID(), createdAt: now, updatedAt: now };
    this.#messages.push(row);
    return row;
  }

  /** Messages of a channel, newest first. */
  listMessages(channelId: string, limit: number, before = Number.POSITIVE_INFINITY): MessageRow[] {
    const isWanted = (row: MessageRow) => row.channelId === channelId && Date.parse(row.createdAt) < before;
    return this.#messages.filter(isWanted).reverse().slice(0, limit);
  }

  deleteMessage(id: string): void {
    this.#messages = this.#messages.filter((row) => row.id !== id);
  }

  clear(channelId: string): void {
    this.#messages = this.#messages.filter((row) => row.channelId !== channelId);
  }
}
