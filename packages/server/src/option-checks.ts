import { WirepactError } from '@wirepact/contract/runtime';
import { findNearestName } from './nearest-name';
import type { ChatServerOptions } from './options';
import type { Agent } from './ports/agent';

/** What a value has to be, in words; `undefined` where it is. */
type Check = (value: unknown) => string | undefined;

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const hasMethods = (value: unknown, ...names: string[]) =>
  isObject(value) && names.every((name) => typeof Reflect.get(value, name) === 'function');

const must =
  (isRight: (value: unknown) => boolean, what: string): Check =>
  (value) =>
    isRight(value) ? undefined : what;

const aFunction = must((value) => typeof value === 'function', 'a function');
const isPositive = (value: unknown) => typeof value === 'number' && value > 0 && value !== Infinity;
const positive = must(isPositive, 'a number over 0');
const count = must((value) => isPositive(value) && Number.isInteger(value), 'a whole number over 0');
const notNegative = must((value) => value === 0 || isPositive(value), 'a number of 0 or more');
const startsWithSlash = must(
  (value) => typeof value === 'string' && value.startsWith('/'),
  'a text that starts with "/"',
);

/** An object whose properties have a check each; it has no others. */
const aRecord =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) => {
    const names = Object.keys(checks).join(', ');
    if (!isObject(value)) return `an object of ${names}`;
    for (const [name, property] of Object.entries(value)) {
      const check = checks[name];
      if (!check) return `an object of ${names}; there is no \`${name}\``;
      const what = property === undefined ? undefined : check(property);
      if (what) return `an object whose \`${name}\` is ${what}`;
    }
    return undefined;
  };

const connectLimit = aRecord({ points: count, durationSeconds: positive });
const rateLimit = aRecord({ points: count, durationSeconds: positive, addressPoints: count });

/** The check of every option. */
const CHECKS: Readonly<Record<keyof ChatServerOptions, Check>> = {
  agents: must(Array.isArray, 'an array of agents'),
  agentTimeoutMs: positive,
  authenticate: aFunction,
  authorize: aFunction,
  channelCreation: must((value) => value === 'on-join' || value === 'explicit', '"on-join" or "explicit"'),
  connectLimit: (value) => (value === false ? undefined : connectLimit(value)),
  corsOrigin: must(
    (value) =>
      [value].flat().every((origin) => typeof origin === 'string' || origin instanceof RegExp) ||
      typeof value === 'boolean',
    'an origin such as "https://app.example", a RegExp, an array of them, true or false',
  ),
  drainTimeoutMs: notNegative,
  extension: must(
    (value) =>
      isObject(value) && ['contract', 'handlers'].every((name) => isObject(Reflect.get(value, name))),
    'an object with a `contract` made by `extendContract(protocol, …)` and its `handlers`',
  ),
  hookTimeoutMs: positive,
  logger: must(
    (value) => hasMethods(value, 'debug', 'info', 'warn', 'error', 'fatal', 'child'),
    'a logger of pino’s, or one that has its methods (debug, info, warn, error, fatal, child)',
  ),
  logStream: must((value) => hasMethods(value, 'write', 'subscribe'), 'what `createLogStream()` returns'),
  maxChannels: count,
  maxChannelsPerConnection: count,
  maxPendingEvents: count,
  maxPendingSize: count,
  maxQueuedPackets: count,
  maxRefusals: count,
  maxWaitingBytes: count,
  namespace: startsWithSlash,
  path: startsWithSlash,
  rateLimit: (value) => (value === false ? undefined : rateLimit(value)),
  retention: aRecord({ maxAgeMs: positive, maxCount: count }),
  store: must(
    (value) => hasMethods(value, 'open', 'getChannel', 'appendMessage', 'close'),
    'a store, such as `createSqliteStore({ file })` makes',
  ),
  trustProxy: must(
    (value) =>
      [value].flat().every((proxy) => typeof proxy === 'string') ||
      typeof value === 'boolean' ||
      (Number.isInteger(value) && Number(value) >= 0),
    'true, false, a number of proxies, or their addresses',
  ),
};

/** Options of other libraries that say the same under another name. */
const OTHER_NAMES: Readonly<Record<string, keyof ChatServerOptions>> = {
  allowedOrigins: 'corsOrigin',
  auth: 'authenticate',
  cors: 'corsOrigin',
  database: 'store',
  log: 'logger',
  origin: 'corsOrigin',
  origins: 'corsOrigin',
  permissions: 'authorize',
};

const invalid = (message: string) => new WirepactError('INVALID_OPTIONS', message);

function toUnknownOption(name: string): WirepactError {
  if (name === 'port' || name === 'host')
    return invalid(`There is no option \`${name}\`: give it to \`listen(port, host)\`.`);
  const names = Object.keys(CHECKS);
  const meant = Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name] : findNearestName(name, names);
  const advice = meant ? `did you mean \`${meant}\`?` : `the options are ${names.join(', ')}.`;
  return invalid(`There is no option \`${name}\`: ${advice}`);
}

/** A value as an error may show it: short, and of objects only that they are. */
function show(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (isObject(value)) return Array.isArray(value) ? 'an array' : 'an object';
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 100)) : String(value);
}

/** What is wrong with one agent, if anything. */
function findAgentFlaw(agent: Agent): string | undefined {
  if (!isObject(agent)) return 'must be an object with `id`, `name` and `respond`';
  const { id, name, respond }: { [Name in keyof Agent]: unknown } = agent;
  if (typeof name !== 'string' || name === '') return `must have a \`name\`, not ${show(name)}`;
  if (typeof id !== 'string' || !UUID.test(id))
    return `("${name}"): its \`id\` must be a UUID, not ${show(id)}`;
  if (typeof respond === 'function') return undefined;
  return `("${name}"): it must have a function \`respond\`: async *respond(message, context) { yield … }`;
}

function checkAgents(agents: readonly Agent[]): void {
  const seen = new Set<string>();
  for (const [index, agent] of agents.entries()) {
    const flaw = findAgentFlaw(agent);
    if (flaw) throw invalid(`agents[${index}] ${flaw}.`);
    const id = agent.id.toLowerCase();
    if (seen.has(id)) throw invalid(`Two agents have the id ${agent.id}.`);
    seen.add(id);
  }
}

/**
 * Refuses what is no option, and what an option cannot be: who writes JavaScript has no compiler that does.
 * @throws WirepactError `INVALID_OPTIONS` with the option's name, and what was probably meant.
 */
export function checkOptions(options: unknown): void {
  if (!isObject(options)) throw invalid(`The options must be an object, not ${show(options)}.`);
  const checks: Readonly<Record<string, Check>> = CHECKS;
  for (const [name, value] of Object.entries(options)) {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (!check) throw toUnknownOption(name);
    const what = value === undefined ? undefined : check(value);
    if (what) throw invalid(`\`${name}\` must be ${what}${isObject(value) ? '' : `, not ${show(value)}`}.`);
  }
  const { agents = [] }: { agents?: readonly Agent[] } = options;
  checkAgents(agents);
}
