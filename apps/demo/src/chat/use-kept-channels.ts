import type { StoredSend } from '@wirepact/client';
import { useEffect, useState } from 'react';

const idsOf = (sends: readonly StoredSend[]) =>
  sends.filter(({ error }) => !error).map(({ payload }) => payload.channelId);

/**
 * Channels this window takes part in beside the one it shows: those it has shown, whose messages are counted, and those
 * for which an earlier page left messages to be sent.
 */
export function useKeptChannels(shownId: string, sends: readonly StoredSend[]): readonly string[] {
  const [visited, setVisited] = useState<readonly string[]>([]);
  useEffect(() => {
    setVisited((ids) => (ids.includes(shownId) ? ids : [...ids, shownId]));
  }, [shownId]);
  return [...new Set([...visited, ...idsOf(sends)])];
}
