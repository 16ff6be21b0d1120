import { useCallback, useState } from 'react';
import type { Sender } from '../chat/sender';
import { createId } from './create-id';
import { readStoredValue, storeValue, WINDOW } from './use-stored-value';

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

const ADJECTIVES = ['Quiet', 'Bright', 'Swift', 'Gentle', 'Curious', 'Bold', 'Sunny', 'Clever'];
const ANIMALS = ['Heron', 'Otter', 'Lynx', 'Finch', 'Badger', 'Marten', 'Swallow', 'Fox'];

const pick = (words: readonly string[]) => words[Math.floor(Math.random() * words.length)] ?? '';

/** A name for somebody who has not chosen one. */
export const suggestName = () => `${pick(ADJECTIVES)} ${pick(ANIMALS)}`;

/** Every window is somebody of its own, so that two of them can talk. */
function readEntityId(): string {
  const known = readStoredValue('entityId', isText, WINDOW);
  const entityId = known ?? createId();
  if (!known) storeValue('entityId', entityId, WINDOW);
  return entityId;
}

/** Who this window sends as: `entityName` is empty until one was chosen, in this window or in another before. */
export function useIdentity(): [Sender, setName: (name: string) => void] {
  const [entityId] = useState(readEntityId);
  const [entityName, setEntityName] = useState(
    () => readStoredValue('name', isText, WINDOW) ?? readStoredValue('name', isText) ?? '',
  );
  const setName = useCallback((name: string) => {
    storeValue('name', name);
    storeValue('name', name, WINDOW);
    setEntityName(name);
  }, []);
  return [{ entityId, entityName }, setName];
}
