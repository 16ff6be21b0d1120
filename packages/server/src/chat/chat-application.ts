import {
  type Contract,
  type EventRegistry,
  SESSION_NAMES,
  type SessionNames,
} from '@wirepact/contract/runtime';
import { type Protocol, protocol } from '@wirepact/protocol';
import type { Application, ServerParts } from '../runtime/application';
import { bindHandlers } from '../runtime/bind-handlers';
import { createChannelHandlers } from '../runtime/channels/channel-handlers';
import { createPresenceHandlers } from '../runtime/channels/presence-handlers';
import { createConnections } from '../runtime/connections';
import type { Broadcaster } from '../runtime/ports/connection';
import { createRecipients } from '../runtime/recipients';
import { hasChannels } from '../runtime/session/session-events';
import { toChatConnection } from './chat-connection';
import { createEventCosts } from './chat-events';
import type { ChatStore } from './chat-store';
import { emitMessageError } from './failure-report';
import type { ChatContext, ChatServices } from './handlers/chat-context';
import { handlers } from './handlers/handlers';
import type { ChatContract, ChatExtension } from './options';
import type { ChatConnection } from './services/channel-feed';
import { isUuid, toChannelId } from './services/channel-id';
import type { ExtensionRooms } from './services/extension-rooms';

/**
 * What the chat calls the events of the session; it has no streams of its own, and neither those of an extension nor its
 * rooms have other names than usual.
 */
export const CHAT_SESSION_NAMES: SessionNames = {
  ...SESSION_NAMES,
  heartbeat: 'heartbeat',
  authenticate: 'authenticate',
  established: 'connection_established',
  ended: 'connection_ended',
};

/** An answer of an agent that is a client is under way as one of an agent of the server is. */
const GOES_ON: ReadonlySet<string> = new Set<keyof Protocol['clientToServer']>(['continue_answer']);

/** What a chat server does with its connections. */
export interface ChatApplicationDeps<C extends ChatContract> {
  readonly parts: ServerParts<C['serverToClient']>;
  readonly services: ChatServices;
  readonly chatStore: ChatStore;
  readonly rooms: ExtensionRooms;
  /** The host's, for events of its own. */
  readonly extension: ChatExtension<C> | undefined;
}

/** Recipients of which a channel is one however its id is spelled. */
const createChatRecipients = <Events extends EventRegistry>(
  broadcaster: Pick<Broadcaster<Events>, 'toAny'>,
) =>
  createRecipients<Events>({
    toAny: (rooms, exceptIds) =>
      broadcaster.toAny(
        rooms.map((room) => (isUuid(room) ? toChannelId(room) : room)),
        exceptIds,
      ),
  });

/** The extension's handlers, with what the handlers of any contract are given and the chat's services. */
function bindExtension<C extends ChatContract>({
  parts: { broadcaster, disconnect, streams, numbers },
  services,
  rooms,
  extension,
}: ChatApplicationDeps<C>) {
  const contract: Contract = extension?.contract ?? protocol;
  return bindHandlers(extension?.handlers ?? {}, {
    contract,
    streams,
    shared: { ...createChatRecipients(broadcaster), services },
    connections: createConnections(broadcaster, disconnect),
    // The pipeline gives the connections of this contract, which the handlers of all contracts are bound to alike.
    channelOf: (connection, room, id) => rooms.handle(room, id, connection as ChatConnection),
    use: extension?.use ?? [],
    timeoutMs: numbers.hookTimeoutMs,
  });
}

/** The chat as an application. */
export interface ChatApplication<C extends ChatContract>
  extends Application<C['serverToClient'], ChatContext<C['serverToClient']>> {
  readonly services: ChatServices;
  readonly chatStore: ChatStore;
  readonly rooms: ExtensionRooms;
  /** How long a hook of the host's may take, in milliseconds. */
  readonly hookTimeoutMs: number;
}

/** The chat as an application of the server that any contract has. */
export function createChatApplication<C extends ChatContract>(
  deps: ChatApplicationDeps<C>,
): ChatApplication<C> {
  const { parts, services, chatStore, rooms, extension } = deps;
  const { hookTimeoutMs } = parts.numbers;
  const bound = bindExtension(deps);
  const hasRooms = extension !== undefined && hasChannels(extension.contract);
  const roomHandlers = hasRooms && {
    ...createChannelHandlers(CHAT_SESSION_NAMES, rooms.own),
    ...createPresenceHandlers(CHAT_SESSION_NAMES, services.presence),
  };
  return {
    services,
    chatStore,
    rooms,
    hookTimeoutMs,
    contextOf: (connection) => ({ connection: toChatConnection(connection), services }),
    handlers: { ...handlers, ...roomHandlers, ...bound },
    costs: createEventCosts(),
    // The chat's own handlers wait for nothing but the store and the host's hooks, which have limits of their own.
    timeoutOf: (event) => (Object.hasOwn(bound, event) ? hookTimeoutMs : undefined),
    goesOn: GOES_ON,
    onFailure: ({ connection }, event, payload, error) => emitMessageError(connection, event, payload, error),
    onEnd(connection) {
      services.feed.forget(connection);
      services.remoteAnswers.left(connection);
    },
    running: () => services.agentTurns.count(),
    idle: () => services.agentTurns.idle(),
    checkStore: () => chatStore.checkStore(),
    stop() {
      services.agentTurns.close();
      services.presence.close();
      services.feed.close();
    },
    async release() {
      await services.agentTurns.left();
      await chatStore.close();
    },
  };
}
