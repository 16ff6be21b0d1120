import type { Selectable } from 'kysely';
import type { NewStoredEvent } from '../../../runtime/ports/event-store';
import type { Channel, JournalEntry, Message, NewStoredMessage } from '../../ports/store';
import type { StoreLogger } from '../store-options';
import { toJsonCopy, toJsonEqual } from '../to-json-equal';
import type { StoreSchema } from './schema';

/** A message on its way into the store, as it will come out of it. */
export interface OutgoingMessage {
  readonly message: NewStoredMessage;
  /** What its row holds besides its columns, as JSON. */
  readonly body: string;
  /** Tells whether it repeats another; `undefined` where it cannot. The client's key is first: as those rise, so does this. */
  readonly sendKey: string | undefined;
  /** That of the channel it is for; any, where there is none. */
  readonly epoch: string | undefined;
}

/** @throws WirepactError `INVALID_PAYLOAD` where it cannot be written as JSON. */
export function toOutgoing(given: NewStoredMessage, epoch: string | undefined): OutgoingMessage {
  const message = toJsonEqual(given);
  const { senderId, clientMessageId } = message;
  const inColumns = { channelId: undefined, id: undefined, createdAt: undefined };
  const sendKey = clientMessageId === undefined ? undefined : JSON.stringify([clientMessageId, senderId]);
  return { message, body: JSON.stringify(Object.assign({}, message, inColumns)), sendKey, epoch };
}

/** An event of a contract on its way into the store. */
export interface OutgoingEvent {
  /** The event as JSON. */
  readonly body: string;
  /** Tells whether it repeats another; `undefined` where it cannot. */
  readonly sendKey: string | undefined;
}

/** @throws WirepactError `INVALID_PAYLOAD` where it cannot be written as JSON. */
export function toOutgoingEvent(given: NewStoredEvent): OutgoingEvent {
  const { name, payload, actor, key } = toJsonCopy(given);
  const sendKey = key === undefined ? undefined : JSON.stringify([key, actor ?? null, name]);
  return { body: JSON.stringify({ name, payload, actor, key }), sendKey };
}

/** Rows that were told about, so that each is told once; there are never so many that forgetting them matters. */
const MAX_REMEMBERED = 1_000;

/** `undefined` where it is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The channel that rows are of. */
export interface ChannelOfRows {
  readonly id: string;
  readonly epoch: string;
}

/** Reads rows. What cannot be read is told to the logger and left out, so that it keeps nobody from the rest. */
export class RowReader {
  private readonly told = new Set<string>();

  constructor(private readonly logger: StoreLogger) {}

  /** A message of a channel. */
  message(
    row: Omit<Selectable<StoreSchema['messages']>, 'channel_number'>,
    channel: ChannelOfRows,
  ): Message | undefined {
    const { id } = row;
    const { id: channelId, epoch } = channel;
    const seq = Number(row.seq);
    const body = parse(row.body);
    if (!isObject(body)) return this.tell({ table: 'messages', channelId, seq, id });
    // Its fields were checked when it was stored; whoever sends it on checks it against the contract. A copy would cost ten
    // times what reading the JSON does.
    return Object.assign(body, {
      channelId,
      id,
      epoch,
      seq,
      createdAt: Number(row.created_at),
    }) as object as Message;
  }

  /** A journal row, whose body holds what the event has besides its name and number. */
  entry(
    row: Omit<Selectable<StoreSchema['journal']>, 'channel_number'>,
    channelId: string,
  ): JournalEntry | undefined {
    const { event } = row;
    const seq = Number(row.seq);
    const body = parse(row.body);
    if (!isObject(body)) return this.tell({ table: 'journal', channelId, seq });
    return Object.assign(body, { event, seq }) as object as JournalEntry;
  }

  /** A channel; properties and agents that cannot be read are none. */
  channel(row: Selectable<StoreSchema['channels']>): Channel {
    const { id, epoch } = row;
    const properties = parse(row.properties);
    const agentIds = parse(row.agent_ids);
    if (!isObject(properties) || !Array.isArray(agentIds)) this.tell({ table: 'channels', id });
    return {
      id,
      epoch,
      serverId: row.server_id,
      createdAt: Number(row.created_at),
      seq: Number(row.seq),
      properties: isObject(properties) ? properties : {},
      agentIds: Array.isArray(agentIds) ? agentIds : [],
    };
  }

  private tell(place: Record<string, string | number>): undefined {
    const key = JSON.stringify(place);
    if (this.told.has(key)) return;
    if (this.told.size >= MAX_REMEMBERED) this.told.clear();
    this.told.add(key);
    this.logger.warn(place, 'a row of the store cannot be read and is left out');
  }
}
