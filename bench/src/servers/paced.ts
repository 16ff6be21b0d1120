import { setTimeout as delay } from 'node:timers/promises';

/** So long after another, two hundred chunks are a second. */
const PACE_MS = 5;
/** 16 characters, about what a model says at once. */
const CHUNK = 'three more words';

/** Says so many chunks, each in a turn of the event loop of its own. */
export async function* sayChunks(count: number): AsyncGenerator<string> {
  const begun = performance.now();
  for (let said = 0; said < count; said += 1) {
    // One that is late makes up for it.
    await delay(begun + (said + 1) * PACE_MS - performance.now());
    yield CHUNK;
  }
}
