import type { Observable } from '@wirepact/client';
import { useSyncExternalStore } from 'react';

/** The value of an observable, now and whenever it changes. */
export const useObservable = <Value>({ subscribe, get }: Observable<Value>): Value =>
  useSyncExternalStore(subscribe, get);
