import type { Position } from '@wirepact/protocol';
import type { CompiledQuery, Kysely, Selectable } from 'kysely';
import type { MovedChannel } from '../../../runtime/ports/event-store';
import type { Row, StoreSchema } from './schema';
import type { SqlDialect } from './sql-database';

/** Where a channel stands, and when its last message was created. */
interface Head {
  readonly number: number;
  readonly epoch: string;
  seq: number;
  latestAt: number;
}

/** Where channels stand while a transaction changes them. */
export class ChannelHeads {
  private readonly moved = new Set<string>();
  private readonly ended: MovedChannel[] = [];

  constructor(private readonly heads: Map<string, Head>) {}

  /** `undefined` where there is no such channel. */
  get(channelId: string): Position | undefined {
    return this.heads.get(channelId);
  }

  /** Names the life of a channel that is there. */
  epochOf(channelId: string): string {
    return this.at(channelId).epoch;
  }

  /** What names a channel that is there in the rows of what happened in it. */
  numberOf(channelId: string): number {
    return this.at(channelId).number;
  }

  /** Takes the next number of a channel that is there. */
  advance(channelId: string): Position {
    const head = this.at(channelId);
    head.seq += 1;
    this.moved.add(channelId);
    return { epoch: head.epoch, seq: head.seq };
  }

  /** When a message of a channel that is there counts as created: not before the one that it follows. */
  follow(channelId: string, createdAt: number): number {
    const head = this.at(channelId);
    head.latestAt = Math.max(head.latestAt, createdAt);
    return head.latestAt;
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
    const moved = [...this.moved].map((channelId) => {
      const { epoch, seq } = this.at(channelId);
      return { channelId, epoch, seq, deleted: false };
    });
    return [...this.ended, ...moved];
  }

  /** What the rows of channels that were changed and are there hold from now on. */
  rows(): Row[] {
    return [...this.moved].map((channelId) => {
      const { seq, latestAt } = this.at(channelId);
      return [channelId, seq, latestAt];
    });
  }

  private at(channelId: string): Head {
    const head = this.heads.get(channelId);
    if (head) return head;
    throw new Error(`Channel ${channelId} is not there.`);
  }
}

type HeadRow = Pick<Selectable<StoreSchema['channels']>, 'id' | 'number' | 'epoch' | 'seq' | 'latest_at'>;

/** Sorted, so that two transactions that lock them never wait for each other in a circle. */
async function readRows(
  database: Kysely<StoreSchema>,
  channelIds: readonly string[],
  { forRows }: Pick<SqlDialect, 'forRows'>,
  lock = '',
): Promise<HeadRow[]> {
  const ids = channelIds.map((id): Row => [id]);
  const select = forRows<HeadRow>(
    { id: 'text' },
    ids,
    (given) => `
    select channels.id, number, epoch, seq, latest_at from ${given} cross join channels
    where channels.id = given.id order by channels.id ${lock}`,
  );
  return (await database.executeQuery(select)).rows;
}

/** Where the channels stand; those that are not there are missing. */
export async function readHeads(
  database: Kysely<StoreSchema>,
  channelIds: readonly string[],
  dialect: Pick<SqlDialect, 'forRows'>,
): Promise<Map<string, Position>> {
  const rows = await readRows(database, channelIds, dialect);
  return new Map(rows.map(({ id, epoch, seq }) => [id, { epoch, seq: Number(seq) }]));
}

/**
 * Where the channels stand, which nobody else changes until the transaction ends. A transaction that changes channels
 * locks all of them here, before it does anything else but create some: two never wait for each other in a circle.
 */
export async function lockHeads(
  transaction: Kysely<StoreSchema>,
  channelIds: readonly string[],
  dialect: SqlDialect,
): Promise<ChannelHeads> {
  const rows = await readRows(transaction, channelIds, dialect, dialect.lock);
  return new ChannelHeads(
    new Map(
      rows.map(({ id, number, epoch, seq, latest_at }) => [
        id,
        { number: Number(number), epoch, seq: Number(seq), latestAt: Number(latest_at) },
      ]),
    ),
  );
}

/** The statement that keeps where the channels stand now; none where they have not moved. */
export function toHeadsUpdate(
  heads: ChannelHeads,
  { forRows, tellMoves }: SqlDialect,
): CompiledQuery | undefined {
  const moves = heads.moves();
  if (moves.length === 0) return undefined;
  const update = forRows(
    { id: 'text', seq: 'number', latest_at: 'number' },
    heads.rows(),
    (given) => `
    update channels set seq = given.seq, latest_at = given.latest_at from ${given} where channels.id = given.id`,
  );
  return tellMoves(update, moves);
}
