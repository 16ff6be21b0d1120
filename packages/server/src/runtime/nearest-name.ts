/** The least number of letters to add, take out or replace that makes one word of the other. */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let line = 1; line <= one.length; line += 1) {
    const next = [line];
    for (let column = 1; column <= other.length; column += 1) {
      const replaced = (row[column - 1] ?? 0) + (one[line - 1] === other[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}

/** The name that was probably meant by one that is not there, if any is close to it. */
export function findNearestName(name: string, names: readonly string[]): string | undefined {
  if (name.length > 64) return undefined;
  const lower = name.toLowerCase();
  const [nearest] = names
    .map((known) => ({ known, distance: distanceOf(lower, known.toLowerCase()) }))
    .filter(({ known, distance }) => distance <= Math.min(3, known.length / 3))
    .sort((one, other) => one.distance - other.distance);
  return nearest?.known;
}
