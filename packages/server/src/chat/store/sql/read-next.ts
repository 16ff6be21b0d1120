import type { Position } from '@wirepact/protocol';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { StoredBounds } from '../../../runtime/ports/event-store';
import type { JournalEntry, JournalPage } from '../../ports/store';
import type { RowReader } from './rows';
import type { StoreSchema } from './schema';

/** So many numbers of a journal are read without a look at its sizes first. */
const MAX_NEXT = 16;
/** Bytes of a body that is read that way. */
const MAX_BODY_BYTES = 16 * 1024;

type Channel = Selectable<StoreSchema['channels']>;

/** Something in the journal of a channel; all is `null` where there is nothing. */
interface NextRow extends Pick<Channel, 'epoch' | 'horizon'> {
  readonly head: number | string;
  readonly seq: number | string | null;
  /** Of a message. */
  readonly id: string | null;
  readonly created_at: number | string;
  /** What else it is. */
  readonly event: string | null;
  /** `null` where it is large. */
  readonly body: string | null;
}

const shortBody = sql`case when octet_length(body) <= ${sql.lit(MAX_BODY_BYTES)} then body end as body`;

/** The channel, and what happened after a number where that is little. */
async function readRows(
  database: Kysely<StoreSchema>,
  channelId: string,
  after: number,
  last: number,
): Promise<NextRow[]> {
  const number = sql`(select number from channels where id = ${channelId})`;
  const { rows } = await sql<NextRow>`
    select epoch, channels.seq as head, horizon, next.* from channels left join (
      select seq, id, created_at, null as event, ${shortBody} from messages
      where channel_number = ${number} and seq > ${after} and seq <= ${last}
      union all
      select seq, null, created_at, event, ${shortBody} from journal
      where channel_number = ${number} and seq > ${after} and seq <= ${last}
    ) as next on channels.seq <= ${last}
    where channels.id = ${channelId}
  `.execute(database);
  return rows;
}

/** What a row says; nothing where it cannot be read. */
function toEntries(row: NextRow, channelId: string, reader: RowReader): readonly JournalEntry[] {
  const { seq, id, created_at, event, body, epoch } = row;
  if (seq === null || body === null) return [];
  const stored = { seq, created_at, body };
  if (event !== null) return [reader.entry({ ...stored, event }, channelId) ?? []].flat();
  const message = id === null ? undefined : reader.message({ ...stored, id }, { id: channelId, epoch });
  return message ? [{ event: 'messageBroadcast', seq: message.seq, message }] : [];
}

const bytesOf = (rows: readonly NextRow[]) =>
  rows.reduce((sum, { body }) => sum + Buffer.byteLength(body ?? ''), 0);

/**
 * The rest of a channel's journal, by one statement, where it is little, as it is where members are told what another process
 * has just written. `much` where it is more, and `undefined` where it cannot be told whole.
 */
export async function readNext(
  database: Kysely<StoreSchema>,
  channelId: string,
  after: Position,
  { maxEntries, maxBytes }: StoredBounds,
  reader: RowReader,
): Promise<JournalPage | 'much' | undefined> {
  const last = after.seq + Math.min(MAX_NEXT, maxEntries);
  const rows = await readRows(database, channelId, after.seq, last);
  const [channel] = rows;
  if (!channel || channel.epoch !== after.epoch) return undefined;
  const head = Number(channel.head);
  if (after.seq < Number(channel.horizon) || after.seq > head) return undefined;
  const isLarge = rows.some(({ seq, body }) => seq !== null && body === null);
  if (head > last || isLarge || bytesOf(rows) > maxBytes) return 'much';
  const entries = rows.flatMap((row) => toEntries(row, channelId, reader));
  return { entries: entries.sort((left, right) => left.seq - right.seq), hasMore: false, seq: head };
}
