import type { PayloadOf, ReplyOf } from '@wirepact/contract/runtime';
import type { Protocol } from '@wirepact/protocol';
import type { EventCost, EventCosts } from '../runtime/gateway/route';
import {
  createStateCost,
  JOIN_COST,
  READ_FOR_A_POINT,
  UPKEEP,
  WATCH_COST,
} from '../runtime/session/session-events';
import type { ChatContext } from './handlers/chat-context';

type ChatEvents = Protocol['clientToServer'];

const namesOf = (...names: (keyof ChatEvents)[]): ReadonlySet<string> => new Set(names);

/** Events that nobody needs permission for: who may not come in may still go, and whoever is in may see who is there. */
export const ALWAYS_ALLOWED = namesOf(
  'leave_channel',
  'unsubscribe_logs',
  'watch_presence',
  'update_presence',
);

/** Events that change what others see: without `authorize` nobody has said who may do that. */
export const RESTRICTED = namesOf(
  ...(['delete_message', 'clear_channel', 'update_channel', 'delete_channel'] as const),
  ...(['begin_answer', 'continue_answer'] as const),
);

type ChatCosts = {
  readonly [Name in keyof ChatEvents]?: EventCost<
    ChatContext,
    PayloadOf<ChatEvents[Name]>,
    ReplyOf<ChatEvents[Name]>
  >;
};

/** What the chat's events cost, in points of the rate limit; one that is left out costs one. */
export function createEventCosts(): EventCosts<ChatContext> {
  const costs: ChatCosts = {
    // What an agent says comes in many small pieces; only who gives the answer has them for less.
    continue_answer: {
      onArrival: ({ entityId, messageId }, { services }) =>
        services.remoteAnswers.isGiving(entityId, messageId.toLowerCase()) ? UPKEEP : 1,
    },
    join_channel: JOIN_COST,
    watch_presence: WATCH_COST,
    update_presence: createStateCost(({ channelId }) => channelId.toLowerCase()),
    list_messages: { onReply: (_payload, { messages }) => Math.floor(messages.length / READ_FOR_A_POINT) },
  };
  // Each cost is only asked about what its own event's schema has accepted, which no type can say here.
  return costs as EventCosts<ChatContext>;
}
