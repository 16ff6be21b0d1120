import { protocol, ZERO_UUID } from '@wirepact/protocol';
import { checkOptions, checkUrl, type OptionKinds } from '../runtime/check-options';
import { createClientError } from '../runtime/client-errors';
import { CONNECTION_SETTINGS, type ConnectionSettings } from '../runtime/connection-settings';
import type { ContractViolationListener } from '../runtime/contract-violation';
import { createUuid } from '../runtime/uuid';
import { OUTBOX_OPTIONS, type OutboxOptions } from './channel/outbox-options';
import { VIEW_OPTIONS, type ViewOptions } from './channel/view-options';
import type { ChatContract, ChatProtocol } from './chat-contract';

/** How a chat client behaves; everything has a default. */
export interface ChatClientOptions<C extends ChatContract = ChatProtocol> extends ConnectionSettings {
  /** Who sends, at most 256 characters. Default: who the server takes this client for, else a random UUID for the life of the client. */
  readonly entityId?: string | undefined;
  /** The sender's display name. Default: none. */
  readonly entityName?: string | undefined;
  /** Server that joins and messages belong to. Default: the zero UUID. */
  readonly serverId?: string | undefined;
  /** What is spoken and checked: `protocol`, or what `extendContract(protocol, …)` made of it. Default `protocol`. */
  readonly contract?: C | undefined;
  /** Whether to connect at once; otherwise `connect()` does. Default `true`. */
  readonly autoConnect?: boolean | undefined;
  /** Milliseconds a request may take, the wait for the connection included. Default 10000. */
  readonly requestTimeoutMs?: number | undefined;
  /**
   * Milliseconds until a message that the server has not acknowledged is given up, the wait for the connection and
   * every attempt included. Default 60000.
   */
  readonly sendTimeoutMs?: number | undefined;
  /** What the views of channels keep. */
  readonly view?: ViewOptions | undefined;
  /** How messages wait until the server has them. */
  readonly outbox?: OutboxOptions | undefined;
  /** Milliseconds between heartbeats, which measure `latencyMs`; 0 turns them off. Default 25000. */
  readonly heartbeatIntervalMs?: number | undefined;
  /** Is told when the server sends what the contract does not allow. Default: a console warning, once per event. */
  readonly onContractViolation?: ContractViolationListener | undefined;
}

const CHAT_CLIENT_OPTIONS: OptionKinds<ChatClientOptions> = {
  ...CONNECTION_SETTINGS,
  entityId: 'string',
  entityName: 'string',
  serverId: 'string',
  contract: 'object',
  autoConnect: 'boolean',
  requestTimeoutMs: 'number',
  sendTimeoutMs: 'number',
  view: 'object',
  outbox: 'object',
  heartbeatIntervalMs: 'number',
  onContractViolation: 'function',
};

/**
 * Refuses a URL and options that cannot be meant.
 * @throws WirepactError `INVALID_OPTIONS`
 */
export function checkChatClientOptions<C extends ChatContract>(
  url: unknown,
  options: ChatClientOptions<C>,
): void {
  checkUrl('createChatClient', url);
  checkOptions('createChatClient', options, CHAT_CLIENT_OPTIONS);
  checkOptions('createChatClient: view', options.view, VIEW_OPTIONS);
  checkOptions('createChatClient: outbox', options.outbox, OUTBOX_OPTIONS);
  const refuse = (text: string) => createClientError('INVALID_OPTIONS', `createChatClient: ${text}`);
  const { path = '/', contract, outbox: { storage } = {} } = options;
  if (!path.startsWith('/')) throw refuse(`"path" must begin with "/", but got "${path}".`);
  if (contract && !contract.clientToServer?.send_message)
    throw refuse('"contract" must be `protocol`, or what `extendContract(protocol, …)` made of it.');
  if (
    storage &&
    ![storage.load, storage.save, storage.remove].every((method) => typeof method === 'function')
  )
    throw refuse('"storage" of the outbox must have the methods load, save and remove.');
}

/** The options with what stands for those that are left out, as the parts of a client take them. */
export function resolveOptions<C extends ChatContract>(options: ChatClientOptions<C>) {
  const isNamed = options.entityId !== undefined;
  const {
    entityId = createUuid(),
    entityName,
    serverId = ZERO_UUID,
    contract = protocol,
    autoConnect: _autoConnect,
    requestTimeoutMs = 10_000,
    sendTimeoutMs = 60_000,
    view: { maxMessages: maxViewMessages = 1000 } = {},
    outbox: { maxMessages = 100 } = {},
    heartbeatIntervalMs = 25_000,
    onContractViolation: _onContractViolation,
    ...settings
  } = options;
  return {
    ...{ sender: { entityId, entityName, isNamed, isKnown: isNamed }, serverId, contract, settings },
    ...{ requestTimeoutMs, sendTimeoutMs, heartbeatIntervalMs, maxViewMessages, maxMessages },
  };
}
