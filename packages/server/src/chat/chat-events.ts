import type { PayloadOf, ReplyOf } from '@wirepact/contract/runtime';
import type { Protocol } from '@wirepact/protocol';
import type { EventCost, EventCosts } from '../runtime/gateway/route';
import type { ChatContext } from './handlers/chat-context';

type ChatEvents = Protocol['clientToServer'];

const namesOf = (...names: (keyof ChatEvents)[]): ReadonlySet<string> => new Set(names);

/** Events that nobody needs permission for: who may not come in may still go, and proves who it is to be let in. */
export const ALWAYS_ALLOWED = namesOf('leave_channel', 'unsubscribe_logs', 'heartbeat', 'authenticate');

/** Events that change what others see: without `authorize` nobody has said who may do that. */
export const RESTRICTED = namesOf('delete_message', 'clear_channel', 'update_channel', 'delete_channel');

/** What keeping a connection costs, so that it takes next to nothing from what somebody wants to say. Sums of it are exact. */
const UPKEEP = 1 / 8;
/** Heartbeats that come faster than this are no upkeep. */
const HEARTBEAT_INTERVAL_MS = 10_000;
/** Messages and events of a channel that may be read for a point. */
const READ_FOR_A_POINT = 100;

type ChatCosts = {
  readonly [Name in keyof ChatEvents]?: EventCost<
    ChatContext,
    PayloadOf<ChatEvents[Name]>,
    ReplyOf<ChatEvents[Name]>
  >;
};

/** What events cost, in points of the rate limit; one that is left out costs one. */
export function createEventCosts(): EventCosts<ChatContext> {
  const lastHeartbeats = new WeakMap<object, number>();
  const costs: ChatCosts = {
    heartbeat: {
      onArrival(_payload, { connection }) {
        const now = performance.now();
        const before = lastHeartbeats.get(connection) ?? now;
        lastHeartbeats.set(connection, now);
        return now - before < HEARTBEAT_INTERVAL_MS ? 1 : UPKEEP;
      },
    },
    join_channel: {
      onArrival: ({ resume }) => (resume ? UPKEEP : 1),
      onReply: ({ resume }, { seq, recovered }) =>
        resume && recovered ? Math.floor(((seq ?? 0) - resume.seq) / READ_FOR_A_POINT) : 0,
    },
    list_messages: { onReply: (_payload, { messages }) => Math.floor(messages.length / READ_FOR_A_POINT) },
  };
  // Each cost is only asked about what its own event's schema has accepted, which no type can say here.
  return costs as EventCosts<ChatContext>;
}
