import type { ChatClient } from '@wirepact/client';
import type { WirepactError } from '@wirepact/contract/runtime';
import type { LogEntry, LogFilter } from '@wirepact/protocol';
import { useCallback, useEffect, useState } from 'react';
import { createPauseGate } from './pause-gate';
import { toWirepactError } from './to-wirepact-error';

/** Entries kept on the page; the oldest go first. */
const MAX_ENTRIES = 500;

/** The server's log, live. */
export interface Logs {
  readonly entries: readonly LogEntry[];
  /** Entries that were lost on their way, because they came faster than they were read. */
  readonly dropped: number;
  /** Why there are no entries any more. */
  readonly error?: WirepactError | undefined;
  readonly isPaused: boolean;
  readonly setPaused: (isPaused: boolean) => void;
  readonly clear: () => void;
  /** Subscribes again after an error. */
  readonly restart: () => void;
}

/** How many entries the server says it had to skip before this one. */
function countLost({ category, data }: LogEntry): number {
  if (category !== 'log-stream' || typeof data !== 'object' || data === null) return 0;
  const lost: unknown = Reflect.get(data, 'lost');
  return typeof lost === 'number' ? lost : 0;
}

/** The log entries that `filter` lets through, as they come; while paused they wait, within bounds. */
export function useLogs(chat: ChatClient, filter: LogFilter): Logs {
  const { level, agentId, category } = filter;
  const [entries, setEntries] = useState<readonly LogEntry[]>([]);
  const [dropped, setDropped] = useState(0);
  const [error, setError] = useState<WirepactError>();
  const [attempt, setAttempt] = useState(0);
  const [isPaused, setIsPaused] = useState(false);
  const [gate] = useState(createPauseGate);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt subscribes again.
  useEffect(() => {
    const ended = new AbortController();
    const stream = chat.logs(
      { ...(level && { level }), ...(agentId && { agentId }), ...(category && { category }) },
      { signal: ended.signal, maxQueued: MAX_ENTRIES },
    );
    let isCurrent = true;
    let known = 0;
    const take = async () => {
      for await (const entry of stream) {
        await gate.open();
        if (!isCurrent) return;
        const lost = stream.dropped - known + countLost(entry);
        known = stream.dropped;
        if (lost > 0) setDropped((count) => count + lost);
        setEntries((kept) => [...kept.slice(1 - MAX_ENTRIES), entry]);
      }
    };
    setError(undefined);
    take().catch((cause: unknown) => isCurrent && setError(toWirepactError(cause)));
    return () => {
      isCurrent = false;
      // After the next stream has started: the subscription goes on and only its filter changes.
      setTimeout(() => ended.abort(), 0);
    };
  }, [chat, level, agentId, category, attempt, gate]);

  const setPaused = useCallback(
    (paused: boolean) => {
      setIsPaused(paused);
      gate.setPaused(paused);
    },
    [gate],
  );
  const clear = useCallback(() => {
    setEntries([]);
    setDropped(0);
  }, []);
  const restart = useCallback(() => setAttempt((count) => count + 1), []);

  return { entries, dropped, error, isPaused, setPaused, clear, restart };
}
