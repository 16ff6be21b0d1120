import { type Contract, SESSION_NAMES, type SessionNames } from '@wirepact/contract/runtime';
import { protocol } from '@wirepact/protocol';
import type { Application, ServerParts } from '../runtime/application';
import { bindHandlers } from '../runtime/bind-handlers';
import { createRecipients } from '../runtime/recipients';
import { toChatConnection } from './chat-connection';
import { createEventCosts } from './chat-events';
import type { ChatStore } from './chat-store';
import { emitMessageError } from './failure-report';
import type { ChatContext, ChatServices } from './handlers/chat-context';
import { handlers } from './handlers/handlers';
import type { ChatContract, ChatExtension } from './options';

/** What the chat calls the events of the session; it has no streams of its own, and an extension's have the usual names. */
export const CHAT_SESSION_NAMES: SessionNames = {
  ...SESSION_NAMES,
  heartbeat: 'heartbeat',
  authenticate: 'authenticate',
  established: 'connection_established',
  ended: 'connection_ended',
  join: 'join_channel',
  leave: 'leave_channel',
  left: 'channel_left',
  deleted: 'channelDeleted',
};

/** What a chat server does with its connections. */
export interface ChatApplicationDeps<C extends ChatContract> {
  readonly parts: ServerParts<C['serverToClient']>;
  readonly services: ChatServices;
  readonly chatStore: ChatStore;
  /** The host's, for events of its own. */
  readonly extension: ChatExtension<C> | undefined;
}

/** The extension's handlers, with what the handlers of any contract are given and the chat's services. */
function bindExtension<C extends ChatContract>({
  parts: { broadcaster, streams, numbers },
  services,
  extension,
}: ChatApplicationDeps<C>) {
  const contract: Contract = extension?.contract ?? protocol;
  return bindHandlers(extension?.handlers ?? {}, {
    contract,
    streams,
    shared: { ...createRecipients(broadcaster), services },
    use: extension?.use ?? [],
    timeoutMs: numbers.hookTimeoutMs,
  });
}

/** The chat as an application. */
export interface ChatApplication<C extends ChatContract>
  extends Application<C['serverToClient'], ChatContext<C['serverToClient']>> {
  readonly services: ChatServices;
  readonly chatStore: ChatStore;
}

/** The chat as an application of the server that any contract has. */
export function createChatApplication<C extends ChatContract>(
  deps: ChatApplicationDeps<C>,
): ChatApplication<C> {
  const { parts, services, chatStore } = deps;
  const { hookTimeoutMs } = parts.numbers;
  const bound = bindExtension(deps);
  return {
    services,
    chatStore,
    contextOf: (connection) => ({ connection: toChatConnection(connection), services }),
    handlers: { ...handlers, ...bound },
    costs: createEventCosts(),
    // The chat's own handlers wait for nothing but the store and the host's hooks, which have limits of their own.
    timeoutOf: (event) => (Object.hasOwn(bound, event) ? hookTimeoutMs : undefined),
    onFailure: ({ connection }, event, payload, error) => emitMessageError(connection, event, payload, error),
    onEnd: (connection) => services.feed.forget(connection),
    idle: () => services.agentTurns.idle(),
    stop() {
      services.agentTurns.close();
      services.feed.close();
    },
    async release() {
      await services.agentTurns.left();
      await chatStore.close();
    },
  };
}
