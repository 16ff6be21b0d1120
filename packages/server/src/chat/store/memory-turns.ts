import type { StoredTurn, TurnClaim, TurnRenewal, TurnRow, TurnStore } from '../ports/turn-store';
import { toJsonCopy } from './to-json-equal';

interface Kept {
  turn: StoredTurn;
  row: TurnRow;
  isCancelled: boolean;
}

const keyOf = (channelId: string, messageId: string) => `${channelId} ${messageId}`;

/** Turns under way, in this process's memory. */
function renewOne(kept: Kept | undefined, { owner, beat, answer, next = owner }: TurnClaim): TurnRenewal {
  if (kept?.row.owner !== owner || kept.row.beat !== (beat ?? kept.row.beat)) return 'gone';
  kept.row = { ...kept.row, owner: next, beat: kept.row.beat + 1 };
  if (answer) kept.turn = { ...kept.turn, answer: toJsonCopy(answer) };
  return kept.isCancelled ? 'cancelled' : 'going';
}

/** Turns under way, in this process's memory. */
export function createMemoryTurns(): TurnStore {
  const turns = new Map<string, Kept>();
  return {
    async begin(given, owner) {
      const turn = toJsonCopy(given);
      const { channelId, messageId } = turn;
      const row = { channelId, messageId, owner, beat: 0 };
      turns.set(keyOf(channelId, messageId), { turn, row, isCancelled: false });
    },

    renew: async (claims) =>
      claims.map((claim) => renewOne(turns.get(keyOf(claim.channelId, claim.messageId)), claim)),

    async cancel(channelId, messageId) {
      const kept = turns.get(keyOf(channelId, messageId));
      if (!kept || kept.isCancelled) return false;
      kept.isCancelled = true;
      return true;
    },

    listOthers: async (owner, limit) =>
      [...turns.values()].flatMap(({ row }) => (row.owner === owner ? [] : row)).slice(0, limit),

    get: async (channelId, messageId) => turns.get(keyOf(channelId, messageId))?.turn,

    async end(channelId, messageId) {
      turns.delete(keyOf(channelId, messageId));
    },
  };
}
