/** A source of numbers that a seed determines. */
export interface Random {
  /** A whole number from 0 up to, not including, `bound`. */
  below(bound: number): number;
  /** True in this share of all calls. */
  chance(share: number): boolean;
  /** One of the items. */
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
}

/** The generator mulberry32: 32 bits of state, the same numbers on every machine. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (bound: number) => Math.floor(next() * bound);
  return {
    below,
    chance: (share) => next() < share,
    pick: ([first, ...others]) => [first, ...others][below(others.length + 1)] ?? first,
  };
}

/** A seed for a part of a run, so that parts do not use up each other's numbers. */
export const toPartSeed = (seed: number, part: number): number =>
  (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) + Math.imul(part + 1, 0xc2b2ae35)) >>> 0;

/** The seed of a run: what the environment variable `WIREPACT_CHAOS_SEED` says, else another one each time. */
export function chooseSeed(environment: NodeJS.ProcessEnv = process.env): number {
  const text = environment.WIREPACT_CHAOS_SEED;
  if (text === undefined || text === '') return Date.now() >>> 0;
  const seed = Number(text);
  if (Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32) return seed;
  throw new Error(`WIREPACT_CHAOS_SEED must be a whole number below 2^32, not ${JSON.stringify(text)}.`);
}
