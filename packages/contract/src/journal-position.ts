/** Where a durable event stands in the journal of its room. */
export interface JournalPosition {
  /** Names one life of the room's journal: in another one numbers start anew. */
  epoch?: string;
  /** 1, 2, 3 … in the journal, without gaps. */
  seq?: number;
}
