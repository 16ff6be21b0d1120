import type { LogEntry, LogFilter } from '@wirepact/protocol';
import { useCallback, useEffect, useState } from 'react';
import type { ChatError } from '../chat/chat-error';
import { asClientError } from '../runtime/base/client-errors';
import { useChatClient } from './chat-provider';
import { useStable } from './use-observable';

/** How log entries are kept. */
export interface LogsOptions {
  /** Entries kept; the oldest make room. Default 500. */
  readonly maxEntries?: number | undefined;
}

/** How many entries the server says it had to skip before this one. */
function countSkipped({ category, data }: LogEntry): number {
  const { lost }: { lost?: unknown } = category === 'log-stream' ? Object(data) : {};
  return typeof lost === 'number' ? lost : 0;
}

/** The server's log as it is written; the same object until something in it changes. */
export interface Logs {
  /** Oldest first, those before the filter changed included. The same array until there is another entry. */
  readonly entries: readonly LogEntry[];
  /** Entries that were lost, on the server or here, because they came faster than they were taken. */
  readonly dropped: number;
  /** Why there are no entries any more. */
  readonly error: ChatError | undefined;
  /** Forgets the entries, and how many were dropped. */
  readonly clear: () => void;
  /** Subscribes again after an error. */
  readonly restart: () => void;
}

const EMPTY: Pick<Logs, 'entries' | 'dropped'> = { entries: [], dropped: 0 };

/**
 * The entries of the server's log that `filter` lets through, from now on. The subscription goes on over reconnects, and
 * ends with the component.
 * @throws WirepactError `INVALID_OPTIONS` where there is no `ChatProvider`
 */
export function useLogs(filter: LogFilter = {}, { maxEntries = 500 }: LogsOptions = {}): Logs {
  const chat = useChatClient();
  const [{ entries, dropped }, setLog] = useState(EMPTY);
  const [error, setError] = useState<ChatError>();
  const wanted = JSON.stringify(filter);

  useEffect(() => {
    if (error) return;
    const ended = new AbortController();
    let isCurrent = true;
    const read = async () => {
      const stream = chat.logs(JSON.parse(wanted), { signal: ended.signal, maxQueued: maxEntries });
      let known = 0;
      for await (const entry of stream) {
        if (!isCurrent) return;
        const lost = stream.dropped - known + countSkipped(entry);
        known = stream.dropped;
        setLog((kept) => ({
          entries: [...kept.entries, entry].slice(-maxEntries),
          dropped: kept.dropped + lost,
        }));
      }
    };
    read().catch((cause: unknown) => isCurrent && setError(asClientError(cause)));
    return () => {
      isCurrent = false;
      // After the next stream has started: the subscription goes on, and only its filter changes.
      setTimeout(() => ended.abort(), 0);
    };
  }, [chat, wanted, maxEntries, error]);

  const clear = useCallback(() => setLog(EMPTY), []);
  const restart = useCallback(() => setError(undefined), []);
  return useStable({ entries, dropped, error, clear, restart });
}
