/** Letters that have to be changed, added, left out or swapped with the next one to make one word of the other. */
function distance(one: string, other: string): number {
  const rows = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 1; row <= one.length; row += 1) {
    rows.push([row]);
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      rows[row]?.push(
        Math.min(
          at(row - 1, column - 1) + (isSame ? 0 : 1),
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          isSwapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
  }
  return at(one.length, other.length);
}

/** Longer words are no slips. */
const MAX_LENGTH = 40;

/** `; did you mean "maxLength"?`, where one of the names is near what was written, and nothing otherwise. */
export function suggest(written: string, names: readonly string[]): string {
  if (written.length > MAX_LENGTH) return '';
  const [best] = names
    .map((name) => [distance(written, name), name] as const)
    .filter(([changes, name]) => changes <= name.length / 3)
    .sort(([one], [next]) => one - next);
  return best ? `; did you mean ${JSON.stringify(best[1])}?` : '';
}
