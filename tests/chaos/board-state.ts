import { toBoardRecord } from './board-wire';
import type { KeptMessage, Position, Properties } from './run-record';

/** What is on a board. */
export interface BoardState {
  /** Where the board stands; `undefined` as long as nobody has said it. */
  readonly position: Position | undefined;
  /** Where the state begins: what happened up to there it was told by others, or not at all. */
  readonly from: number;
  readonly cards: readonly KeptMessage[];
  readonly properties: Properties;
}

export const EMPTY_BOARD: BoardState = { position: undefined, from: 0, cards: [], properties: {} };

/** The board after an event; one that is only expected has no number. */
export function reduceBoard(
  state: BoardState,
  { event, payload }: { readonly event: string; readonly payload: Partial<Position> },
): BoardState {
  const record = toBoardRecord(event, payload);
  if (!record) return state;
  const { epoch, seq } = payload;
  const isTold = epoch !== undefined && seq !== undefined;
  const next = {
    ...state,
    ...(isTold && { position: { epoch, seq }, ...(!state.position && { from: seq - 1 }) }),
  };
  const { message, subject, updates } = record;
  if (message) return { ...next, cards: [...state.cards, message] };
  if (updates) return { ...next, properties: { ...state.properties, ...updates } };
  const isLeft = ({ id }: KeptMessage) => record.event === 'deleted' && id !== subject;
  return { ...next, cards: state.cards.filter(isLeft) };
}

const isPlaced = ({ seq }: KeptMessage) => seq > 0;

/**
 * What two states of one board show together: `recent` knows what happened since it began, `whole` all of it. Where they
 * differ, the difference is in what is shown.
 */
export function mergeBoards(whole: BoardState, recent: BoardState): KeptMessage[] {
  const placed = whole.cards.filter(isPlaced);
  if (!recent.position) return placed;
  const isSame = (one: KeptMessage) => (other: KeptMessage) => other.id === one.id && other.seq === one.seq;
  const known = recent.cards.filter(isPlaced);
  const inBoth = placed.filter((card) => card.seq <= recent.from || known.some(isSame(card)));
  return [...inBoth, ...known.filter((card) => !placed.some(isSame(card)))];
}
