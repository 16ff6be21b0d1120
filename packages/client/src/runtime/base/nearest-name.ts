/** Spelling that does not count: `card_moved` is `cardMoved`. */
const toPlain = (name: unknown) => `${name}`.toLowerCase().replaceAll('_', '');

/** Letters that two words have in common at their beginnings and ends, as a part of the longer one. */
function likenessOf(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let start = 0;
  while (start < most && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < most - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  return (start + end) / Math.max(one.length, other.length);
}

/** What was probably meant by a name that does not exist, as a sentence: the name, or all there are. */
export function suggestName(name: string, names: readonly string[]): string {
  const likeness = (known: string) => likenessOf(toPlain(name), toPlain(known));
  const [nearest = ''] = [...names].sort((one, other) => likeness(other) - likeness(one));
  return likeness(nearest) >= 0.6 ? `Did you mean "${nearest}"?` : `There are ${names.join(', ')}.`;
}
