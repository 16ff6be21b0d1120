import { type Contract, createDeprecationWarning, type Handlers } from '@wirepact/contract/runtime';
import type { Logger } from 'pino';
import type { Authorization } from '../runtime/gateway/authorization';
import { createGateway, type Gateway } from '../runtime/gateway/gateway';
import type { Subject } from '../runtime/gateway/route';
import { createEventCosts } from './chat-events';
import { emitMessageError } from './failure-report';
import type { ChatContext } from './handlers/chat-context';
import { handlers } from './handlers/handlers';
import type { NumberOptions } from './options';
import { toChannelId } from './services/channel-id';

/** A subject whose channel is spelled as the services spell it. */
function inOneSpelling(subject: Subject): Subject {
  const { room } = subject;
  if (room?.name !== 'channel') return subject;
  const id = toChannelId(room.id);
  return id === room.id ? subject : { ...subject, room: { ...room, id } };
}

/** What the pipeline of a chat server is made of. */
export interface ChatGatewayDeps {
  readonly contract: Contract;
  /** The host's, for events of its own. */
  readonly extensionHandlers: object | undefined;
  readonly authorization: Authorization;
  readonly numbers: NumberOptions;
  readonly logger: Logger;
}

/** The pipeline of a chat server: its contract, its handlers and the host's, and what they may cost. */
export function createChatGateway({
  contract,
  extensionHandlers,
  authorization,
  numbers,
  logger,
}: ChatGatewayDeps): Gateway<ChatContext> {
  const { hookTimeoutMs, maxPendingEvents: maxPending, maxPendingSize, maxRefusals } = numbers;
  return createGateway({
    contract,
    // That the host has a handler for each event of its own is asked by the type of the option.
    handlers: { ...handlers, ...extensionHandlers } as Handlers<Contract, ChatContext>,
    costs: createEventCosts(),
    limits: { maxPending, maxPendingSize, maxRefusals },
    authorize: ({ connection }, subject) => authorization.check(connection, inOneSpelling(subject)),
    // The chat's own handlers wait for nothing but the store and the host's hooks, which have limits of their own.
    timeoutOf: (event) => (Object.hasOwn(handlers, event) ? undefined : hookTimeoutMs),
    ...(process.env.NODE_ENV !== 'production' && {
      onUse: createDeprecationWarning((message) =>
        logger.warn(`a client used what it should not: ${message}`),
      ),
    }),
    onFailure: ({ connection }, event, payload, error) => emitMessageError(connection, event, payload, error),
    logger,
  });
}
