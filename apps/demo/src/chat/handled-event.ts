import type { LogEntry } from '@wirepact/protocol';

/** What became of an event: it was answered, refused with a code, or its sender did not wait for it. */
export type EventOutcome = 'handled' | 'refused' | 'abandoned';

/** What a line of the server's log says of one event. */
export interface HandledEvent {
  readonly event: string;
  readonly outcome: EventOutcome;
  /** Why it was refused. */
  readonly code: string | undefined;
  /** Who sent it, where the server authenticates. */
  readonly entityId: string | undefined;
  readonly connectionId: string;
  /** How long it took on the server, in milliseconds. */
  readonly ms: number;
}

/** What an entry says of an event, where it is about one. */
export function readHandledEvent({ data, message }: LogEntry): HandledEvent | undefined {
  const { event, connectionId, ms, code, entityId }: Record<string, unknown> = Object(data);
  if (typeof event !== 'string' || typeof connectionId !== 'string' || typeof ms !== 'number')
    return undefined;
  const isRefused = typeof code === 'string';
  const answered = message.startsWith('handled') ? 'handled' : 'abandoned';
  return {
    ...{ event, connectionId, ms },
    outcome: isRefused ? 'refused' : answered,
    code: isRefused ? code : undefined,
    entityId: typeof entityId === 'string' ? entityId : undefined,
  };
}
