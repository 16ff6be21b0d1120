import type { Fields } from '../wire/packet';

/** The numbers of durable events, as they came. */
export const seqs = (events: readonly Fields[]): unknown[] => events.map(({ seq }) => seq);

/** Numbers without a gap. @param first Default 1. */
export const upTo = (last: number, first = 1): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);
