import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** How many of these objects anything still holds, once garbage was collected; the engine may hold a few some turns longer. */
export async function countAlive(refs: readonly WeakRef<object>[]): Promise<number> {
  // A WeakRef keeps its object until the turn in which it was read has ended.
  await new Promise((resolve) => setImmediate(resolve));
  collectGarbage();
  return refs.filter((ref) => ref.deref() !== undefined).length;
}
