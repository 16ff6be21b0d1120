import type { Contract } from '@wirepact/contract/runtime';
import { protocol } from '@wirepact/protocol';
import { checkPresenceRooms, journalRoomsOf } from '../runtime/channels/journal-rooms';
import { checkHandlers } from '../runtime/contract-check';
import {
  type Check,
  checkOptions,
  count,
  duration,
  hasMethods,
  invalidOption,
  isObject,
  middleware,
  must,
  RETENTION_CHECK,
  SERVER_OPTION_CHECKS,
  show,
} from '../runtime/option-checks';
import type { ChatContract, ChatExtension, ChatServerOptions } from './options';
import type { Agent } from './ports/agent';
import { isUuid } from './services/channel-id';
import { CHANNEL } from './services/extension-rooms';

/** Whether a value is a contract that has all events of the chat. */
const isChatContract = (value: unknown): value is Contract =>
  (['clientToServer', 'serverToClient'] as const).every((side) => {
    const events: object = Object(Reflect.get(Object(value), side));
    return Object.keys(protocol[side]).every((event) => Object.hasOwn(events, event));
  });

/** The check of every option. */
const CHECKS: Readonly<Record<keyof ChatServerOptions, Check>> = {
  ...SERVER_OPTION_CHECKS,
  agents: must(Array.isArray, 'an array of agents'),
  agentTimeoutMs: duration,
  channelCreation: must((value) => value === 'on-join' || value === 'explicit', '"on-join" or "explicit"'),
  extension: (value) => {
    const { contract, handlers, use }: { [Name in keyof ChatExtension<ChatContract>]?: unknown } =
      Object(value);
    if (!isChatContract(contract) || !isObject(handlers))
      return 'an object with a `contract` made by `extendContract(protocol, …)` and its `handlers`';
    const what = use === undefined ? undefined : middleware(use);
    return what && `an object whose \`use\` is ${what}`;
  },
  logStream: must((value) => hasMethods(value, 'write', 'subscribe'), 'what `createLogStream()` returns'),
  maxAgentTurns: count,
  maxChannels: count,
  maxChannelsPerConnection: count,
  maxWaitingTurns: count,
  mayReadThoughts: must((value) => typeof value === 'function', 'a function'),
  retention: RETENTION_CHECK,
  store: must(
    (value) =>
      hasMethods(value, 'open', 'getChannel', 'appendMessage', 'close') &&
      hasMethods(Reflect.get(Object(value), 'turns'), 'begin', 'renew', 'end'),
    'a store, such as `createSqliteStore({ file })` makes',
  ),
};

/** What is wrong with one agent, if anything. */
function findAgentFlaw(agent: Agent): string | undefined {
  if (!isObject(agent)) return 'must be an object with `id`, `name` and `respond`';
  const { id, name, respond }: { [Name in keyof Agent]: unknown } = agent;
  if (typeof name !== 'string' || name === '') return `must have a \`name\`, not ${show(name)}`;
  if (!isUuid(id)) return `("${name}"): its \`id\` must be a UUID, not ${show(id)}`;
  if (typeof respond === 'function') return undefined;
  return `("${name}"): it must have a function \`respond\`: async *respond(message, context) { yield … }`;
}

function checkAgents(agents: readonly Agent[]): void {
  const seen = new Set<string>();
  for (const [index, agent] of agents.entries()) {
    const flaw = findAgentFlaw(agent);
    if (flaw) throw invalidOption(`agents[${index}] ${flaw}.`);
    const id = agent.id.toLowerCase();
    if (seen.has(id)) throw invalidOption(`Two agents have the id ${agent.id}.`);
    seen.add(id);
  }
}

/** Handlers are for the extension's own events: the chat handles its own. */
function checkExtension({ contract, handlers }: NonNullable<ChatServerOptions['extension']>): void {
  const events = Object.keys(contract.clientToServer);
  const own = events.filter((event) => !Object.hasOwn(protocol.clientToServer, event));
  checkHandlers(contract.name, own, handlers);
  checkPresenceRooms(contract, journalRoomsOf(contract).add(CHANNEL));
}

/**
 * Refuses what is no option of a chat server, and what an option cannot be.
 * @throws WirepactError `INVALID_OPTIONS` with the option's name, and what was probably meant.
 */
export function checkChatOptions(options: unknown): void {
  checkOptions(options, CHECKS);
  const { agents = [], extension }: Pick<ChatServerOptions, 'agents' | 'extension'> = options;
  checkAgents(agents);
  if (extension) checkExtension(extension);
}
