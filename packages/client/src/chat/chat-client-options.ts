import { protocol, ZERO_UUID } from '@wirepact/protocol';
import { checkOptions } from '../runtime/base/check-options';
import { invalidOptions } from '../runtime/base/client-errors';
import { createUuid } from '../runtime/base/uuid';
import type { ChannelsPart } from '../runtime/channel/channels';
import { type ContractClientOptions, checkClientOptions } from '../runtime/contract-client-options';
import { VIEW_OPTIONS, type ViewOptions } from './channel/channel-view';
import { OUTBOX_OPTIONS, type OutboxOptions } from './channel/outbox-storage';
import type { ChatContract, ChatProtocol } from './chat-contract';
import { checkDialect, type DialectName, withDialect } from './dialects/dialect-option';

/** How a chat client behaves; everything has a default. */
export interface ChatClientOptions<C extends ChatContract = ChatProtocol> extends ContractClientOptions {
  /** Who sends, at most 256 characters. Default: who the server takes this client for, else a random UUID for the life of the client. */
  readonly entityId?: string | undefined;
  /** The sender's display name. Default: none. */
  readonly entityName?: string | undefined;
  /** Server that joins and messages belong to. Default: the zero UUID. */
  readonly serverId?: string | undefined;
  /** What is spoken and checked: `protocol`, or what `extendContract(protocol, …)` made of it. Default `protocol`. */
  readonly contract?: C | undefined;
  /**
   * Milliseconds until a message that the server has not acknowledged is given up, the wait for the connection and
   * every attempt included. Default 60000.
   */
  readonly sendTimeoutMs?: number | undefined;
  /**
   * What the server speaks. Default `wirepact`.
   * - `wirepact`: the protocol, with its acknowledgements
   * - `document`: the Socket.IO Events document and nothing more
   * - `elizaos`: what deployed ElizaOS servers do; `entityId` must be a UUID then
   * - `auto`: whichever of these the server's greeting shows, anew on each connection
   *
   * What a dialect does not have rejects with `NOT_SUPPORTED`.
   */
  readonly dialect?: DialectName | undefined;
  /** What the views of channels keep. */
  readonly view?: ViewOptions | undefined;
  /** How messages wait until the server has them. */
  readonly outbox?: OutboxOptions | undefined;
}

/** The option by which a client has channels of rooms. */
export interface WithChannels {
  readonly channels?: ChannelsPart | undefined;
}

/**
 * Refuses a URL and options that cannot be meant.
 * @throws WirepactError `INVALID_OPTIONS`
 */
export function checkChatClientOptions<C extends ChatContract>(
  url: unknown,
  options: ChatClientOptions<C>,
): void {
  checkClientOptions<ChatClientOptions<C> & WithChannels>('createChatClient', url, options, {
    channels: 'function',
    entityId: 'string',
    entityName: 'string',
    serverId: 'string',
    contract: 'object',
    sendTimeoutMs: 'number',
    dialect: 'string',
    view: 'object',
    outbox: 'object',
  });
  checkOptions('createChatClient: view', options.view, VIEW_OPTIONS);
  checkOptions('createChatClient: outbox', options.outbox, OUTBOX_OPTIONS);
  checkDialect(options.dialect);
  const refuse = (text: string) => invalidOptions(`createChatClient: ${text}`);
  const { contract, outbox: { storage } = {} } = options;
  if (contract && !contract.clientToServer?.send_message)
    throw refuse('"contract" must be `protocol`, or what `extendContract(protocol, …)` made of it.');
  if (
    storage &&
    ![storage.load, storage.save, storage.remove].every((method) => typeof method === 'function')
  )
    throw refuse('"storage" of the outbox must have the methods load, save and remove.');
}

/** The options with what stands for those that are left out, as the parts of a client take them. */
export function resolveOptions<C extends ChatContract>(url: string, options: ChatClientOptions<C>) {
  const isNamed = options.entityId !== undefined;
  const {
    entityId = createUuid(),
    entityName,
    serverId = ZERO_UUID,
    contract = protocol,
    sendTimeoutMs = 60_000,
    dialect = 'wirepact',
    view: { maxMessages: maxViewMessages = 1000 } = {},
    outbox: { maxMessages = 100 } = {},
    autoConnect = true,
    ...coreOptions
  } = options;
  const sender = { entityId, entityName, isNamed, isKnown: isNamed };
  const restored = new Set<string>();
  const deps = { origin: url.replace(/^ws/, 'http'), sender, restored };
  return {
    contract,
    core: withDialect(dialect, deps, coreOptions),
    autoConnect,
    sending: { sender, restored, serverId, sendTimeoutMs, maxViewMessages, maxMessages },
  };
}
