import { useMemo, useSyncExternalStore } from 'react';
import type { Observable } from '../runtime/base/observable';

/** The value of an observable, now and whenever it changes; on a server, and where its page begins, `onServer`. */
export const useObservable = <Value>({ subscribe, get }: Observable<Value>, onServer: Value): Value =>
  useSyncExternalStore(subscribe, get, () => onServer);

/** Whether two objects, or two lists, have the same values. */
const hasSameValues = (one: object, other: object): boolean =>
  Object.keys(one).length === Object.keys(other).length &&
  Object.entries(one).every(([name, value]) => Object.is(value, Reflect.get(other, name)));

/** The same object as before until one of its values changes. */
export const useStable = <Value extends object>(value: Value): Value =>
  // biome-ignore lint/correctness/useExhaustiveDependencies: its values are what it depends on.
  useMemo(() => value, Object.values(value));

/** A part of an observable: the same object until one of its values changes. `select` must stay the same function. */
export function useSelected<Value, Selected extends object>(
  { subscribe, get }: Observable<Value>,
  select: (value: Value) => Selected,
  onServer: Selected,
): Selected {
  const getSelected = useMemo(() => {
    let known: Selected | undefined;
    return () => {
      const selected = select(get());
      if (!known || !hasSameValues(selected, known)) known = selected;
      return known;
    };
  }, [get, select]);
  return useSyncExternalStore(subscribe, getSelected, () => onServer);
}
