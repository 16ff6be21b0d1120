/** Forgets the entry of a map that has been in it the longest, where it has more than `max`. Called after each addition. */
export function forgetOldest(entries: Map<unknown, unknown>, max: number): void {
  if (entries.size <= max) return;
  const [oldest] = entries.keys();
  entries.delete(oldest);
}
