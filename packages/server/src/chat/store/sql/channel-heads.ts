import type { Position } from '@wirepact/protocol';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { MovedChannel } from '../../../runtime/ports/event-store';
import type { Row, StoreSchema } from './schema';
import type { SqlDialect } from './sql-database';

/** Where channels stand while a transaction changes them. */
export class ChannelHeads {
  private readonly moved = new Set<string>();
  private readonly ended: MovedChannel[] = [];

  constructor(private readonly heads: Map<string, Position>) {}

  /** `undefined` where there is no such channel. */
  get(channelId: string): Position | undefined {
    return this.heads.get(channelId);
  }

  /** Names the life of a channel that is there. */
  epochOf(channelId: string): string {
    return this.at(channelId).epoch;
  }

  /** Takes the next number of a channel that is there. */
  advance(channelId: string): Position {
    const { epoch, seq } = this.at(channelId);
    const head = { epoch, seq: seq + 1 };
    this.heads.set(channelId, head);
    this.moved.add(channelId);
    return head;
  }

  /** Takes the next number of a channel as its last. */
  end(channelId: string): Position {
    const head = this.advance(channelId);
    this.heads.delete(channelId);
    this.moved.delete(channelId);
    this.ended.push({ channelId, ...head, deleted: true });
    return head;
  }

  /** Every channel that was changed. */
  moves(): MovedChannel[] {
    const moved = [...this.moved].map((channelId) => ({
      channelId,
      ...this.at(channelId),
      deleted: false,
    }));
    return [...this.ended, ...moved];
  }

  private at(channelId: string): Position {
    const head = this.heads.get(channelId);
    if (head) return head;
    throw new Error(`Channel ${channelId} is not there.`);
  }
}

/** Where the channels stand; those that are not there are missing. */
export async function readHeads(
  database: Kysely<StoreSchema>,
  channelIds: readonly string[],
  { elementsOf }: Pick<SqlDialect, 'elementsOf'>,
  lock = sql``,
): Promise<Map<string, Position>> {
  const ids = elementsOf(channelIds.map((id): Row => [id]));
  const { rows } = await sql<Selectable<StoreSchema['channels']>>`
    select id, epoch, seq from channels where id in (select value ->> 0 from ${ids}) order by id ${lock}
  `.execute(database);
  return new Map(rows.map(({ id, epoch, seq }) => [id, { epoch, seq: Number(seq) }]));
}

/**
 * Where the channels stand, which nobody else changes until the transaction ends. A transaction that changes channels
 * locks all of them here, before it does anything else but create some: two never wait for each other in a circle.
 */
export const lockHeads = async (
  transaction: Kysely<StoreSchema>,
  channelIds: readonly string[],
  dialect: SqlDialect,
): Promise<ChannelHeads> =>
  new ChannelHeads(new Map(await readHeads(transaction, channelIds, dialect, dialect.lock)));

/** Keeps where the channels stand now. */
export async function storeHeads(
  transaction: Kysely<StoreSchema>,
  heads: ChannelHeads,
  { elementsOf, tellMoves }: SqlDialect,
): Promise<void> {
  const moves = heads.moves();
  if (moves.length === 0) return;
  const rows = moves.filter(({ deleted }) => !deleted).map(({ channelId, seq }): Row => [channelId, seq]);
  const statement = sql`
    update channels set seq = cast(value ->> 1 as bigint) from ${elementsOf(rows)} where channels.id = value ->> 0`;
  await tellMoves(statement, moves).execute(transaction);
}
