/** How many of the first of these sizes fit on a page of `maxEntries` and `maxBytes`; one does, whatever its size. */
export function countFitting(
  sizes: Iterable<number>,
  { maxEntries, maxBytes }: { readonly maxEntries: number; readonly maxBytes: number },
): number {
  let count = 0;
  let bytes = 0;
  for (const size of sizes) {
    bytes += size;
    if (count >= maxEntries || (count > 0 && bytes > maxBytes)) break;
    count += 1;
  }
  return count;
}
