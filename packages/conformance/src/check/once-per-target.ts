import type { Target } from './target';

/** Finds something out about a server once a run, however many checks ask for it. */
export function oncePerTarget<Found>(find: (target: Target) => Promise<Found>) {
  const found = new WeakMap<Target, Promise<Found>>();
  return (target: Target): Promise<Found> => {
    const known = found.get(target) ?? find(target);
    found.set(target, known);
    // What failed is tried again by the next one who asks: the server may have wanted to be left alone.
    known.catch(() => found.delete(target));
    return known;
  };
}
