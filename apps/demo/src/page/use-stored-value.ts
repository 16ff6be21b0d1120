import { useCallback, useState } from 'react';

/** True for an object with properties to look at. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function readStored(storage: () => Storage, key: string): unknown {
  try {
    return JSON.parse(storage().getItem(key) ?? 'null');
  } catch {
    // Blocked storage, or something else wrote there.
    return undefined;
  }
}

function writeStored(storage: () => Storage, key: string, value: unknown): void {
  try {
    storage().setItem(key, JSON.stringify(value));
  } catch {
    // Blocked or full: the value lives as long as the page.
  }
}

/** Where a value is kept: for every window of this browser, or for this window alone. */
export const BROWSER = () => window.localStorage;
export const WINDOW = () => window.sessionStorage;

/** What the browser has under `name`, where `accepts` it. */
export function readStoredValue<Value>(
  name: string,
  accepts: (value: unknown) => value is Value,
  storage = BROWSER,
): Value | undefined {
  const value = readStored(storage, `wirepact.${name}`);
  return accepts(value) ? value : undefined;
}

/** Keeps `value` under `name`. */
export const storeValue = (name: string, value: unknown, storage = BROWSER): void =>
  writeStored(storage, `wirepact.${name}`, value);

type Change<Value> = (previous: Value) => Value;

/** A state that the browser remembers under `name`; what it has there counts only if `accepts` it. */
export function useStoredValue<Value>(
  name: string,
  accepts: (value: unknown) => value is Value,
  initial: Value,
): [Value, (change: Change<Value>) => void] {
  const [value, setValue] = useState(() => readStoredValue(name, accepts) ?? initial);
  const change = useCallback(
    (apply: Change<Value>) =>
      setValue((previous) => {
        const next = apply(previous);
        if (next !== previous) storeValue(name, next);
        return next;
      }),
    [name],
  );
  return [value, change];
}
