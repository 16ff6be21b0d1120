/** Numbers that look random, and are the same for the same seed. */
export class Random {
  private state: number;

  /** @param seed A whole number, with a text that tells one use of it from another. */
  constructor(seed: number, use: string) {
    this.state = [...use].reduce(
      (hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 0x01000193),
      Math.imul(seed, 0x9e3779b1),
    );
  }

  /** From 0 to below 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  /** One of the values. @throws RangeError Where there are none. */
  pick<Value>(values: readonly Value[]): Value {
    const index = this.integer(0, values.length - 1);
    for (const value of values.slice(index, index + 1)) return value;
    throw new RangeError('There is nothing to pick from.');
  }

  /** Some of the values, `count` at most, in their order. */
  some<Value>(values: readonly Value[], count: number): Value[] {
    const rest = [...values.keys()];
    while (rest.length > count) rest.splice(this.integer(0, rest.length - 1), 1);
    return rest.flatMap((index) => values.slice(index, index + 1));
  }
}
