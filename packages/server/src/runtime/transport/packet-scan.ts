/** How much structure the text of a packet may have. */
export interface PacketBounds {
  /** Levels of objects and arrays inside each other. */
  readonly maxDepth: number;
  /** Properties of any one object. */
  readonly maxProperties: number;
  /** Objects, arrays and what is in them, all together. */
  readonly maxValues: number;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
/** Where counting commas starts in an array, so that its items never count as properties. */
const IN_ARRAY = Number.MIN_SAFE_INTEGER;

/** Where the string that starts at `start` ends; the end of the text where it does not. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}

/**
 * A scan of JSON texts that says whether one has more structure than `bounds` allow. It builds nothing, so that it costs a
 * fraction of what parsing such a text does. Whether the text is JSON is not its business.
 */
export function createPacketScan({ maxDepth, maxProperties, maxValues }: PacketBounds) {
  /** Commas by level. */
  const commas: number[] = [];

  return (text: string): boolean => {
    let depth = 0;
    let values = 0;
    commas[0] = IN_ARRAY;
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code === QUOTE) {
        index = endOfString(text, index);
      } else if (code === COMMA) {
        values += 1;
        const count = (commas[depth] ?? 0) + 1;
        if (values > maxValues || count >= maxProperties) return true;
        commas[depth] = count;
      } else if (code === OPEN_ARRAY || code === OPEN_OBJECT) {
        depth += 1;
        values += 1;
        if (depth > maxDepth || values > maxValues) return true;
        commas[depth] = code === OPEN_ARRAY ? IN_ARRAY : 0;
      } else if ((code === CLOSE_ARRAY || code === CLOSE_OBJECT) && depth > 0) {
        depth -= 1;
      }
    }
    return false;
  };
}
