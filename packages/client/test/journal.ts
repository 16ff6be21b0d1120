import type { BroadcastMessage } from '@wirepact/protocol';
import fc from 'fast-check';
import type { DurableEvent } from '../src/chat/channel/channel-events';

const EPOCH = 'one';

/** The id of the message with this number. */
export const messageId = (seq: number) => `0192f0c1-7b1e-7c3a-9d55-${String(seq).padStart(12, '0')}`;

/** The life of a channel, as a server that never forgets would tell it. */
export interface Journal {
  readonly epoch: string;
  /** Number of the last event. */
  readonly seq: number;
  /** The event number n is at n - 1. */
  readonly events: readonly DurableEvent[];
  /** What the server has after the event with this number. */
  listAt(seq: number): BroadcastMessage[];
  /** A page of history as the server reads it after the event number `readAt`. */
  page(options: { before: number; limit: number; readAt: number }): {
    messages: BroadcastMessage[];
    hasMore: boolean;
  };
}

type Step = { readonly kind: 'send' | 'delete' | 'clear' | 'update'; readonly pick: number };

const toMessage = (seq: number): BroadcastMessage => ({
  ...{ id: messageId(seq), senderId: 'user-1', senderName: 'One', text: `m${seq}`, roomId: messageId(0) },
  ...{ serverId: messageId(0), createdAt: seq, source: 'test', seq, epoch: EPOCH },
});

function toEvent({ kind, pick }: Step, seq: number, there: readonly BroadcastMessage[]): DurableEvent {
  const place = { channelId: messageId(0), seq, epoch: EPOCH };
  const picked = there[pick % Math.max(1, there.length)];
  if (kind === 'delete' && picked)
    return { event: 'messageDeleted', payload: { messageId: picked.id, ...place } };
  if (kind === 'clear') return { event: 'channelCleared', payload: place };
  if (kind === 'update')
    return { event: 'channelUpdated', payload: { updates: { name: `${pick}` }, ...place } };
  return { event: 'messageBroadcast', payload: toMessage(seq) };
}

function applyTo(there: readonly BroadcastMessage[], { event, payload }: DurableEvent): BroadcastMessage[] {
  if (event === 'messageBroadcast') return [...there, payload];
  if (event === 'messageDeleted') return there.filter(({ id }) => id !== payload.messageId);
  return event === 'channelCleared' ? [] : [...there];
}

function toJournal(steps: readonly Step[]): Journal {
  const events: DurableEvent[] = [];
  const states: BroadcastMessage[][] = [[]];
  for (const step of steps) {
    const there = states.at(-1) ?? [];
    const event = toEvent(step, events.length + 1, there);
    events.push(event);
    states.push(applyTo(there, event));
  }
  const listAt = (seq: number) => states[seq] ?? [];
  return {
    ...{ epoch: EPOCH, seq: events.length, events, listAt },
    page({ before, limit, readAt }) {
      const older = listAt(readAt).filter(({ seq = 0 }) => seq < before);
      return { messages: older.slice(-limit), hasMore: older.length > limit };
    },
  };
}

/** Any life of a channel; most of it messages. */
export const createJournal = (): fc.Arbitrary<Journal> =>
  fc
    .array(
      fc.record({
        kind: fc.oneof(
          { arbitrary: fc.constant('send' as const), weight: 6 },
          { arbitrary: fc.constantFrom('delete' as const, 'update' as const), weight: 3 },
          { arbitrary: fc.constant('clear' as const), weight: 1 },
        ),
        pick: fc.nat(),
      }),
      { maxLength: 40 },
    )
    .map(toJournal);
