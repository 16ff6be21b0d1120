import { WirepactError } from '@wirepact/contract/runtime';
import { findNearestName } from './nearest-name';

/** What a value has to be, in words; `undefined` where it is. */
export type Check = (value: unknown) => string | undefined;

/** Whether a value has properties. */
export const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
/** Whether a value has methods of these names. */
export const hasMethods = (value: unknown, ...names: string[]) =>
  isObject(value) && names.every((name) => typeof Reflect.get(value, name) === 'function');

/** A check by a test; `what` completes “must be”. */
export const must =
  (isRight: (value: unknown) => boolean, what: string): Check =>
  (value) =>
    isRight(value) ? undefined : what;

/** A function. */
export const aFunction = must((value) => typeof value === 'function', 'a function');
/** A text. */
export const aText = must((value) => typeof value === 'string', 'a text');
const isPositive = (value: unknown) => typeof value === 'number' && value > 0 && value !== Infinity;
/** A number over 0. */
export const positive = must(isPositive, 'a number over 0');
/** A whole number over 0. */
export const count = must(
  (value) => isPositive(value) && Number.isSafeInteger(value),
  'a whole number over 0',
);
/** A whole number. */
export const wholeNumber = must(Number.isSafeInteger, 'a whole number');
/** A number of 0 or more. */
export const notNegative = must((value) => value === 0 || isPositive(value), 'a number of 0 or more');
/** The longest that a timer waits, about 24.8 days: what should wait longer is run at once. */
export const MAX_TIMER_MS = 2 ** 31 - 1;
const atMost =
  (max: number, check: Check): Check =>
  (value) =>
    check(value) ?? (Number(value) > max ? `at most ${max}, the longest that a timer waits` : undefined);
/** A time over 0 that is waited, in milliseconds. */
export const duration = atMost(MAX_TIMER_MS, positive);
/** As {@link duration}, in whole milliseconds. */
export const wholeDuration = atMost(MAX_TIMER_MS, count);
/** The longest window of a limit, in seconds. */
export const MAX_WINDOW_SECONDS = Math.floor(MAX_TIMER_MS / 1000);
const windowSeconds = atMost(MAX_WINDOW_SECONDS, positive);
/** A path or a namespace. */
export const startsWithSlash = must(
  (value) => typeof value === 'string' && value.startsWith('/'),
  'a text that starts with "/"',
);

const isWrittenSo = (path: string) => {
  const url = `http://localhost${path}`;
  return URL.canParse(url) && new URL(url).pathname === path;
};
/** A path that requests can ask for: in them it is written as URLs are, and ends where their query begins. */
const aPath: Check = (value) =>
  startsWithSlash(value) ??
  (isWrittenSo(String(value)) ? undefined : 'a path as it is written in a URL, without query and fragment');

/** An object whose properties have a check each; it has no others. */
export const aRecord =
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

/** How much of each channel is kept. */
export const RETENTION_CHECK = aRecord({ maxAgeMs: positive, maxCount: count });
const connectLimit = aRecord({ points: count, durationSeconds: windowSeconds });
const rateLimit = aRecord({ points: count, durationSeconds: windowSeconds, addressPoints: count });

/** What runs around handlers. */
export const middleware = must(
  (value) => Array.isArray(value) && value.every((one) => typeof one === 'function'),
  'an array of functions',
);

/** Whether something is so. */
export const trueOrFalse = must((value) => typeof value === 'boolean', 'true or false');

/** The checks of the options of every server, by the name of the option. */
export const SERVER_OPTION_CHECKS = {
  authenticate: aFunction,
  authorize: aFunction,
  checkEmits: trueOrFalse,
  connectLimit: (value) => (value === false ? undefined : connectLimit(value)),
  corsOrigin: must(
    (value) =>
      [value].flat().every((origin) => typeof origin === 'string' || origin instanceof RegExp) ||
      typeof value === 'boolean',
    'an origin such as "https://app.example", a RegExp, an array of them, true or false',
  ),
  dialects: must(
    (value) =>
      Array.isArray(value) && value.every((one) => isObject(one) && 'receive' in one && 'contract' in one),
    'an array of what `defineDialect` makes',
  ),
  drainTimeoutMs: atMost(MAX_TIMER_MS, notNegative),
  drainSpreadMs: notNegative,
  fastPath: trueOrFalse,
  hookTimeoutMs: duration,
  logger: must(
    (value) => hasMethods(value, 'debug', 'info', 'warn', 'error', 'fatal', 'child', 'isLevelEnabled'),
    'a logger of pino’s, or one that has its methods (debug, info, warn, error, fatal, child, isLevelEnabled)',
  ),
  maxPendingEvents: count,
  maxPendingSize: count,
  maxQueuedPackets: count,
  maxRefusals: count,
  maxStreams: count,
  maxWaitingBytes: count,
  metrics: must(
    (value) => hasMethods(value, 'meter'),
    'what `createMetrics` of @wirepact/server/metrics makes, or an object with its method `meter`',
  ),
  namespace: startsWithSlash,
  path: aPath,
  presence: aRecord({ intervalMs: duration, maxMembers: count, stateTtlMs: duration }),
  publicIdentity: aFunction,
  rateLimit: (value) => (value === false ? undefined : rateLimit(value)),
  scaleOut: must(
    (value) => hasMethods(value, 'join'),
    'what `createRedisScaleOut(url)` or `createClusterScaleOut()` makes',
  ),
  tracing: must(
    (value) => hasMethods(value, 'receive', 'run', 'emit', 'apart'),
    'what `createTracing` of @wirepact/server/tracing makes',
  ),
  trustProxy: must(
    (value) =>
      [value].flat().every((proxy) => typeof proxy === 'string') ||
      typeof value === 'boolean' ||
      (Number.isInteger(value) && Number(value) >= 0),
    'true, false, a number of proxies, or their addresses',
  ),
} as const satisfies Readonly<Record<string, Check>>;

/** Options of other libraries that say the same under another name. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  allowedOrigins: 'corsOrigin',
  auth: 'authenticate',
  cors: 'corsOrigin',
  database: 'store',
  log: 'logger',
  origin: 'corsOrigin',
  origins: 'corsOrigin',
  permissions: 'authorize',
};

/** An error about an option. */
export const invalidOption = (message: string) => new WirepactError('INVALID_OPTIONS', message);

/** What is said of something that is no option. */
function describeUnknown(name: string, names: readonly string[]): string {
  if (name === 'port' || name === 'host')
    return `There is no option \`${name}\`: give it to \`listen(port, host)\`.`;
  const other = Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name] : undefined;
  const meant = other !== undefined && names.includes(other) ? other : findNearestName(name, names);
  const advice = meant
    ? `did you mean \`${meant}\`?`
    : `the options are ${names.toSorted((one, other) => one.localeCompare(other)).join(', ')}.`;
  return `There is no option \`${name}\`: ${advice}`;
}

/** A value as an error may show it: short, and of objects only that they are. */
export function show(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (isObject(value)) return Array.isArray(value) ? 'an array' : 'an object';
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 100)) : String(value);
}

/** What is wrong with options, if anything: the name of what is none, or what one cannot be. */
export function findOptionFlaw(
  options: unknown,
  checks: Readonly<Record<string, Check>>,
): string | undefined {
  if (!isObject(options) || Array.isArray(options))
    return `The options must be an object, not ${show(options)}.`;
  for (const [name, value] of Object.entries(options)) {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (!check) return describeUnknown(name, Object.keys(checks));
    const what = value === undefined ? undefined : check(value);
    if (what) return `\`${name}\` must be ${what}${isObject(value) ? '' : `, not ${show(value)}`}.`;
  }
  return undefined;
}

/**
 * Refuses what is no option, and what an option cannot be: who writes JavaScript has no compiler that does.
 * @throws WirepactError `INVALID_OPTIONS` with the option's name, and what was probably meant.
 */
export function checkOptions(
  options: unknown,
  checks: Readonly<Record<string, Check>>,
): asserts options is object {
  const flaw = findOptionFlaw(options, checks);
  if (flaw) throw invalidOption(flaw);
}
