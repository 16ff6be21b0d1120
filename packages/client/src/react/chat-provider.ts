import { createContext, type ReactElement } from 'react';
import { type ChatClient, createChatClient } from '../chat/chat-client';
import type { ChatClientOptions } from '../chat/chat-client-options';
import type { ChatContract, ChatProtocol } from '../chat/chat-contract';
import type { ConnectionState } from '../runtime/connection/connection-state';
import { type ClientLink, useConnectionOf, useLink } from './client-link';
import { createProvider, type GivenClientProps, type OwnClientProps } from './create-provider';

/** What a {@link ChatProvider} takes: the `url` of a server, or a `client`. */
export type ChatProviderProps<C extends ChatContract = ChatProtocol> =
  | OwnClientProps<ChatClientOptions<C>>
  | GivenClientProps<ChatClient<C>>;

const ChatContext = /* @__PURE__ */ createContext<ClientLink<ChatClient> | undefined>(undefined);

const provideChat = /* @__PURE__ */ createProvider(ChatContext, (url, options: ChatClientOptions) =>
  createChatClient(url, options),
);

/**
 * Gives the hooks of the chat below it one client: its own, for `url` and `options`, or the `client` it is given. On a
 * server it connects nothing.
 *
 * @example
 * <ChatProvider url="https://chat.example.org" options={{ entityId: 'user-123', entityName: 'Ada' }}>
 *   <Room channelId={channelId} />
 * </ChatProvider>
 * @throws WirepactError `INVALID_OPTIONS` where the URL, or an option, cannot be meant
 */
export const ChatProvider = <C extends ChatContract = ChatProtocol>(
  props: ChatProviderProps<C>,
): ReactElement =>
  // A client of an extended contract does all that one of the chat does.
  provideChat(props as unknown as ChatProviderProps);

/**
 * The client of the {@link ChatProvider}, for what the hooks have not.
 * @throws WirepactError `INVALID_OPTIONS` where there is no provider
 */
export const useChatClient = (): ChatClient => useLink(ChatContext, 'ChatProvider').client;

/**
 * Where the connection to the chat stands; `connecting` on a server.
 * @throws WirepactError `INVALID_OPTIONS` where there is no provider
 */
export const useConnection = (): ConnectionState => useConnectionOf(useLink(ChatContext, 'ChatProvider'));
