import type { Channel, ChannelState, ChatClient } from '@wirepact/client';
import type { WirepactError } from '@wirepact/contract/runtime';
import { useCallback, useEffect, useState } from 'react';
import { ELIZA_ID } from '../../lobby';
import { toWirepactError } from './to-wirepact-error';

/** Where this window stands with a channel. */
export interface Membership {
  readonly status: 'joining' | ChannelState['status'];
  /** Absent until joined. */
  readonly channel?: Channel | undefined;
  readonly error?: WirepactError | undefined;
}

/** How channels are joined: with the agent, and their newest messages. */
export const CHANNEL_JOIN = { agentId: ELIZA_ID, history: 50 } as const;
const JOINING: Membership = { status: 'joining' };
/** What may have kept a join from its answer; it is worth another try once there is a connection. */
const LOST_CODES = new Set(['TIMEOUT', 'DISCONNECTED', 'CONNECTION_FAILED']);

/** Joins a channel, stays in it, and knows when it is gone. `join` tries again, or creates it anew. */
export function useMembership(chat: ChatClient, channelId: string): [Membership, join: () => void] {
  const [membership, setMembership] = useState(JOINING);
  const [attempt, setAttempt] = useState(0);
  const join = useCallback(() => setAttempt((count) => count + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt joins again.
  useEffect(() => {
    const left = new AbortController();
    let unsubscribe = () => {};
    setMembership(JOINING);
    chat.join(channelId, { ...CHANNEL_JOIN, signal: left.signal }).then(
      (channel) => {
        if (left.signal.aborted) return;
        const update = (state: ChannelState) => setMembership({ ...state, channel });
        update(channel.state.get());
        unsubscribe = channel.state.subscribe(update);
      },
      (cause: unknown) => {
        if (!left.signal.aborted) setMembership({ status: 'failed', error: toWirepactError(cause) });
      },
    );
    return () => {
      left.abort();
      unsubscribe();
    };
  }, [chat, channelId, attempt]);

  const isLost = membership.status === 'failed' && LOST_CODES.has(membership.error?.code ?? '');
  useEffect(() => {
    if (!isLost) return;
    return chat.connection.subscribe(({ status }) => {
      if (status === 'connected') join();
    });
  }, [chat, isLost, join]);

  return [membership, join];
}
