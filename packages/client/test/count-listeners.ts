import type { Observable } from '../src/index';

type Start = (...args: never[]) => () => void;

/** Stands for a client, or a channel of one, and counts who listens to it. */
export function countListeners<Client extends object>(
  client: Client,
): { client: Client; count: () => number } {
  let listeners = 0;
  const counted =
    (start: Start): Start =>
    (...args) => {
      const stop = start(...args);
      listeners += 1;
      return () => {
        listeners -= 1;
        stop();
      };
    };
  const watched = new WeakMap<object, object>();
  const watch = <Owner extends object>(owner: Owner): Owner => {
    const known = watched.get(owner);
    if (known) return known as Owner;
    const stand = Object.create(owner);
    watched.set(owner, stand);
    const replace = (name: string, value: unknown) => Object.defineProperty(stand, name, { value });
    const observe = ({ get, subscribe }: Observable<unknown>) => ({ get, subscribe: counted(subscribe) });
    const observables = owner as Record<string, Observable<unknown> | undefined>;
    for (const name of ['connection', 'state', 'view', 'members', 'count']) {
      const observable = observables[name];
      if (observable) replace(name, observe(observable));
    }
    if ('presence' in owner)
      Object.defineProperty(stand, 'presence', { get: () => watch(Object(Reflect.get(owner, 'presence'))) });
    const { on, join, channel, reduce, reduceFrom } = owner as Record<string, (...args: unknown[]) => never>;
    if (on) replace('on', counted(on));
    if (join) replace('join', async (...args: unknown[]) => watch(await join(...args)));
    if (channel) replace('channel', (...args: unknown[]) => watch(channel(...args)));
    if (reduce) replace('reduce', (...args: unknown[]) => observe(reduce(...args)));
    if (reduceFrom) replace('reduceFrom', (...args: unknown[]) => observe(reduceFrom(...args)));
    return stand;
  };
  return { client: watch(client), count: () => listeners };
}
