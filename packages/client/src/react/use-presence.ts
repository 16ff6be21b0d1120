import type { PresenceMember, PresenceOf } from '@wirepact/contract/runtime';
import { useCallback } from 'react';
import type { Channel } from '../chat/channel/channel';
import type { ChatProtocol } from '../chat/chat-contract';
import { useChatClient } from './chat-provider';
import { constant } from './hold';
import { NOBODY, type PresenceHandle, usePresenceOf, useSaid } from './presence-of';
import { useTarget } from './use-channel';
import { useSelected, useStable } from './use-observable';

/** What a member of a chat channel does. */
type State = PresenceOf<ChatProtocol, 'channel'>;
type Members = readonly PresenceMember<State>[];

/** Who writes; the same object until something in it changes. */
export interface Typing {
  /** The others who are writing. */
  readonly typing: Members;
  /** Says whether this client is writing; `true` holds for five seconds, and is sent no more often than it has to be. */
  readonly setTyping: (isTyping: boolean) => void;
}

/** How long what was typed says that more will be, in milliseconds. */
const TYPING_MS = 5_000;
const NO_MEMBERS = /* @__PURE__ */ constant<Members>(NOBODY);

/**
 * Who is in a channel, and what they do there. The channel is given as `useChannel` does, or by its id, which joins it.
 * @throws WirepactError `INVALID_OPTIONS` where there is no `ChatProvider`
 */
export const usePresence = (channelOrId: Channel | string | undefined): PresenceHandle<State> =>
  usePresenceOf(useTarget(channelOrId).channel?.presence);

/**
 * Who else is writing in a channel. The channel is given as `useChannel` does, or by its id, which joins it.
 * @throws WirepactError `INVALID_OPTIONS` where there is no `ChatProvider`
 */
export function useTyping(channelOrId: Channel | string | undefined): Typing {
  const chat = useChatClient();
  const presence = useTarget(channelOrId).channel?.presence;
  const toTyping = useCallback(
    (members: Members): Members =>
      members.filter(({ identity, state }) => state?.typing && identity.entityId !== chat.entityId),
    [chat],
  );
  const typing = useSelected(presence?.members ?? NO_MEMBERS, toTyping, NOBODY);
  const { set, clear } = useSaid(presence);
  const setTyping = useCallback(
    (isTyping: boolean) => (isTyping ? set({ typing: true }, { forMs: TYPING_MS }) : clear()),
    [set, clear],
  );
  return useStable({ typing, setTyping });
}
