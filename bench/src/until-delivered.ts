/** Looks, a millisecond and more apart, for deliveries that are on their way. */
const MOST_LOOKS = 10_000;

/** Waits until so many deliveries have arrived, as `countArrived` says. @throws Error where they do not all, or too many do. */
export async function untilDelivered(expected: number, countArrived: () => number): Promise<void> {
  for (let looks = 0; countArrived() < expected && looks < MOST_LOOKS; looks += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const arrived = countArrived();
  if (arrived !== expected) throw new Error(`${arrived} of ${expected} deliveries arrived.`);
}
