import type { Observable } from '@wirepact/client';
import { createInspector, type InspectedEvent, type Inspector } from '@wirepact/client/inspect';

/** Events that are kept; older ones make room. */
const MAX_EVENTS = 300;

/** What went over the wire, newest last. */
export interface WireRecord {
  /** For the client's option of this name. */
  readonly inspect: Inspector;
  readonly events: Observable<readonly InspectedEvent[]>;
  clear(): void;
}

/** Records what a client sends and is sent. Who looks is told by `schedule`, however many events come meanwhile. */
export function createWireRecord(
  schedule: (tell: () => void) => void = requestAnimationFrame,
  maxEvents = MAX_EVENTS,
): WireRecord {
  const known = new Map<number, InspectedEvent>();
  const listeners = new Set<(events: readonly InspectedEvent[]) => void>();
  let shown: readonly InspectedEvent[] = [];
  let isScheduled = false;
  /** The newest event that was recorded: one that is older, and is not kept any more, is not taken again. */
  let newest = 0;

  const tell = () => {
    isScheduled = false;
    shown = [...known.values()];
    for (const listener of listeners) listener(shown);
  };
  const change = () => {
    if (isScheduled) return;
    isScheduled = true;
    schedule(tell);
  };
  const inspect = createInspector((event) => {
    if (event.id <= newest && !known.has(event.id)) return;
    newest = Math.max(newest, event.id);
    known.set(event.id, event);
    const [oldest] = known.keys();
    if (known.size > maxEvents && oldest !== undefined) known.delete(oldest);
    change();
  });

  return {
    inspect,
    events: {
      get: () => shown,
      subscribe(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    clear() {
      known.clear();
      change();
    },
  };
}
