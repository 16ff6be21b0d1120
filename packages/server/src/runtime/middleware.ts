import type { Middleware } from './contract-context';

/**
 * Runs `handle` inside of all middleware, the first outermost. Rejects with what any of them throws, and where one of them
 * does not call `next`, or calls it twice.
 */
export async function runThrough(
  use: readonly Middleware<never>[],
  context: object,
  handle: () => Promise<void>,
): Promise<void> {
  const [outermost, ...inner] = use;
  if (!outermost) return handle();
  let inside: Promise<void> | undefined;
  const next = () => {
    if (inside) return Promise.reject(new Error('A middleware called `next` twice.'));
    inside = runThrough(inner, context, handle);
    // Who does not await it hears of it below, or has thrown something of its own.
    inside.catch(() => undefined);
    return inside;
  };
  // Each is typed for the contexts of its own contract, and given no others.
  await outermost(context as never, next);
  if (!inside) throw new Error('A middleware neither called `next` nor threw an error.');
  await inside;
}
