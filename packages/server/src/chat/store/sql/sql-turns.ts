import { type Kysely, sql } from 'kysely';
import type { Answer, StoredTurn, TurnClaim, TurnRenewal, TurnStore } from '../../ports/turn-store';
import { toJsonCopy } from '../to-json-equal';
import type { StoreSchema } from './schema';
import type { StoreAccess } from './store-access';

type TurnBody = Omit<StoredTurn, 'channelId' | 'messageId' | 'answer'>;

/** Sorted, so that two transactions never wait for each other in a circle. */
const inOrder = (claims: readonly TurnClaim[]) =>
  claims
    .map((claim, index) => ({ ...claim, index }))
    .sort((left, right) => (left.messageId < right.messageId ? -1 : 1));

async function renewOne(
  transaction: Kysely<StoreSchema>,
  { channelId, messageId, owner, beat, answer, next = owner }: TurnClaim,
): Promise<TurnRenewal> {
  const kept = answer && { answer: JSON.stringify(answer) };
  const update = transaction
    .updateTable('turns')
    .set({ owner: next, beat: sql<number>`beat + 1`, ...kept })
    .where('channel_id', '=', channelId)
    .where('message_id', '=', messageId)
    .where('owner', '=', owner);
  const right = beat === undefined ? update : update.where('beat', '=', beat);
  const row = await right.returning('is_cancelled').executeTakeFirst();
  if (!row) return 'gone';
  return Number(row.is_cancelled) === 1 ? 'cancelled' : 'going';
}

/** Turns under way, in a SQL database: each statement is a transaction of its own. */
class SqlTurns implements TurnStore {
  constructor(private readonly access: StoreAccess) {}

  async begin(given: StoredTurn, owner: string): Promise<void> {
    const { channelId: channel_id, messageId: message_id, answer, ...body } = toJsonCopy(given);
    const texts = { body: JSON.stringify(body), answer: JSON.stringify(answer) };
    const row = { channel_id, message_id, owner, beat: 0, is_cancelled: 0, ...texts };
    await this.write((transaction) => transaction.insertInto('turns').values(row).execute());
  }

  renew(claims: readonly TurnClaim[]): Promise<TurnRenewal[]> {
    return this.write(async (transaction) => {
      const renewals: TurnRenewal[] = [];
      for (const claim of inOrder(claims)) renewals[claim.index] = await renewOne(transaction, claim);
      return renewals;
    });
  }

  async cancel(channelId: string, messageId: string): Promise<boolean> {
    const row = await this.write((transaction) =>
      transaction
        .updateTable('turns')
        .set({ is_cancelled: 1 })
        .where('channel_id', '=', channelId)
        .where('message_id', '=', messageId)
        .where('is_cancelled', '=', 0)
        .returning('message_id')
        .executeTakeFirst(),
    );
    return row !== undefined;
  }

  async listOthers(owner: string, limit: number) {
    const rows = await this.read((kysely) =>
      kysely
        .selectFrom('turns')
        .select(['channel_id', 'message_id', 'owner', 'beat'])
        .where('owner', '<>', owner)
        .orderBy('message_id')
        .limit(limit)
        .execute(),
    );
    return rows.map(({ channel_id: channelId, message_id: messageId, owner: by, beat }) => {
      return { channelId, messageId, owner: by, beat: Number(beat) };
    });
  }

  async get(channelId: string, messageId: string): Promise<StoredTurn | undefined> {
    const row = await this.read((kysely) =>
      kysely
        .selectFrom('turns')
        .select(['body', 'answer'])
        .where('channel_id', '=', channelId)
        .where('message_id', '=', messageId)
        .executeTakeFirst(),
    );
    if (!row) return undefined;
    const body: TurnBody = JSON.parse(row.body);
    const answer: Answer = JSON.parse(row.answer);
    return { ...body, channelId, messageId, answer };
  }

  async end(channelId: string, messageId: string): Promise<void> {
    await this.write((transaction) =>
      transaction
        .deleteFrom('turns')
        .where('channel_id', '=', channelId)
        .where('message_id', '=', messageId)
        .execute(),
    );
  }

  private read<Result>(query: (kysely: Kysely<StoreSchema>) => Promise<Result>): Promise<Result> {
    return this.access.use((database) => database.query(query));
  }

  private write<Result>(work: (transaction: Kysely<StoreSchema>) => Promise<Result>): Promise<Result> {
    return this.access.useToWrite((database) => database.write(work));
  }
}

/** The turns of a SQL database. */
export const createSqlTurns = (access: StoreAccess): TurnStore => new SqlTurns(access);
