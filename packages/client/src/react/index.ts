/**
 * Hooks for the chat and for any contract. Needs React 18 or later.
 * @module
 */

export {
  ChatProvider,
  type ChatProviderProps,
  useChatClient,
  useConnection,
} from './chat-provider';
export {
  type ContractHooks,
  type ContractProviderProps,
  createContractHooks,
  type RequestHandle,
} from './contract-hooks';
export type { GivenClientProps, OwnClientProps } from './create-provider';
export type { ChannelOptions, HeldState } from './held-channel';
export type { PresenceHandle } from './presence-of';
export type { LoadedState, ReducedState, RoomHandle } from './room-hooks';
export { type AgentStream, useAgentStream } from './use-agent-stream';
export { type ChannelHandle, useChannel } from './use-channel';
export { type Logs, type LogsOptions, useLogs } from './use-logs';
export { type Messages, useMessages } from './use-messages';
export { type Typing, usePresence, useTyping } from './use-presence';
export { type SendMessage, useSendMessage } from './use-send-message';
