import type { Kysely } from 'kysely';
import { appendMessages, readFirsts } from './append-messages';
import { type ChannelHeads, lockHeads, toHeadsUpdate } from './channel-heads';
import { type ChannelToCreate, insertChannels, readChannelRows } from './channel-writes';
import type { OutgoingMessage } from './rows';
import type { StoreSchema } from './schema';
import type { Ask, SqlDialect } from './sql-database';

/** Something to be written to one channel. */
export type Write = { readonly channelId: string } & (
  | { readonly kind: 'create'; readonly channel: ChannelToCreate }
  | { readonly kind: 'append'; readonly message: OutgoingMessage }
  | {
      readonly kind: 'change';
      /** Called where there is such a channel; else the answer is `undefined`. */
      readonly run: (transaction: Kysely<StoreSchema>, heads: ChannelHeads) => Promise<unknown>;
    }
);

/** How batches are run. */
export interface BatchOptions {
  readonly dialect: SqlDialect;
  /** How long a repeated message is known as such, in milliseconds. */
  readonly idempotencyMs: number;
  readonly ask: Ask;
}

const unique = (values: readonly string[]) => [...new Set(values)];

/**
 * How many of these writes may be in one batch: a channel is created before anything else is done in the batch, so
 * whatever is to be done with it before that has to be in the batch before.
 */
export function countTogether(writes: readonly Write[]): number {
  const changed = new Set<string>();
  const end = writes.findIndex(({ kind, channelId }) => {
    if (kind === 'create') return changed.has(channelId);
    changed.add(channelId);
    return false;
  });
  return end === -1 ? writes.length : end;
}

const toMessage = (write: Write) => (write.kind === 'append' ? [write.message] : []);

/** Neighbouring messages to append as one piece of work, everything else by itself; in order. */
function groupAppends(batch: readonly Write[]): Write[][] {
  const groups: Write[][] = [];
  for (const write of batch) {
    const last = groups.at(-1);
    if (write.kind === 'append' && last?.[0]?.kind === 'append') last.push(write);
    else groups.push([write]);
  }
  return groups;
}

/** Creates what is to be created; answers with the rows that are there then, by their ids. */
async function createAll(
  transaction: Kysely<StoreSchema>,
  batch: readonly Write[],
  { dialect }: BatchOptions,
) {
  const channels = batch.flatMap((write) => (write.kind === 'create' ? [write.channel] : []));
  if (channels.length > 0) await insertChannels(transaction, channels, dialect.forRows);
  return unique(channels.map(({ id }) => id));
}

/** Does in one transaction what a batch consists of; answers in its order. */
export async function runBatch(
  transaction: Kysely<StoreSchema>,
  batch: readonly Write[],
  options: BatchOptions,
): Promise<unknown[]> {
  const { dialect, idempotencyMs, ask } = options;
  const { forRows } = dialect;
  const now = Date.now();
  const createdIds = await createAll(transaction, batch, options);
  const [heads, firsts] = await Promise.all([
    lockHeads(transaction, unique(batch.map(({ channelId }) => channelId)), dialect),
    readFirsts(transaction, batch.flatMap(toMessage), { dialect, idempotencyMs, now }),
  ]);
  const created = createdIds.length > 0 ? await readChannelRows(transaction, createdIds, forRows) : [];
  const rows = new Map(created.map((row) => [row.id, row]));

  const results: unknown[] = [];
  for (const group of groupAppends(batch)) {
    const [write] = group;
    if (write?.kind === 'create') results.push(rows.get(write.channelId));
    else if (write?.kind === 'change')
      results.push(heads.get(write.channelId) && (await write.run(transaction, heads)));
    else
      results.push(...(await appendMessages(heads, group.flatMap(toMessage), { forRows, firsts, now, ask })));
  }
  const update = toHeadsUpdate(heads, dialect);
  if (update) await ask(update);
  return results;
}
