import type { LogEntry } from '@wirepact/protocol';

/** Entries that wait for one subscriber at most. */
const MAX_QUEUED = 256;

/** Somebody entries can be sent to, who may be slow. */
export interface LogReceiver {
  send(entry: LogEntry): void;
  isCongested(): boolean;
  /** Resolves once it is not congested, or has ended. */
  drained(): Promise<void>;
}

/** Entries on their way to one subscriber: what a slow one cannot take is lost, and it is told how much. */
export interface LogQueue {
  push(entry: LogEntry): void;
  /** Drops what waits, and whatever is pushed from now on. */
  close(): void;
}

const toLossNotice = (lost: number, next: LogEntry): LogEntry => ({
  id: `${next.id}-lost`,
  timestamp: next.timestamp,
  level: 'warn',
  category: 'log-stream',
  message: `${lost} log entries before this one were skipped: this subscriber reads too slowly.`,
  data: { lost },
});

/** A bounded queue in front of `receiver`; the oldest entries are lost first. */
export function createLogQueue(receiver: LogReceiver): LogQueue {
  const waiting: LogEntry[] = [];
  let lost = 0;
  let isDraining = false;
  let isClosed = false;

  const flush = () => {
    while (waiting.length > 0 && !receiver.isCongested()) {
      const entry = waiting.shift();
      if (!entry) return;
      if (lost > 0) receiver.send(toLossNotice(lost, entry));
      lost = 0;
      receiver.send(entry);
    }
    if (waiting.length > 0 && !isDraining) void drain();
  };

  async function drain() {
    isDraining = true;
    await receiver.drained();
    isDraining = false;
    flush();
  }

  return {
    push(entry) {
      if (isClosed) return;
      waiting.push(entry);
      if (waiting.length > MAX_QUEUED) {
        waiting.shift();
        lost += 1;
      }
      flush();
    },
    close() {
      isClosed = true;
      waiting.length = 0;
    },
  };
}
