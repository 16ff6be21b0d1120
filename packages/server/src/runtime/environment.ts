import { WirepactError } from '@wirepact/contract/runtime';
import type { RateLimit } from './gateway/rate-meter';
import { MAX_WINDOW_SECONDS } from './option-checks';
import type { TrustProxy } from './transport/client-address';

/** The environment a server reads its defaults from. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Port of the document's base URL. */
const DEFAULT_PORT = 3000;
const MAX_PORT = 65_535;

const isPort = (port: unknown) =>
  typeof port === 'number' && Number.isInteger(port) && port >= 0 && port <= MAX_PORT;

/** @throws WirepactError `INVALID_OPTIONS` where this is no port to listen on. */
export function checkPort(port: unknown): void {
  if (isPort(port)) return;
  const shown = typeof port === 'string' ? JSON.stringify(port) : String(port);
  throw new WirepactError(
    'INVALID_OPTIONS',
    `The port must be a number from 0 to ${MAX_PORT}, not ${shown}.`,
  );
}

function readNumber(
  environment: Environment,
  name: string,
  isRight: (value: number) => boolean,
  what: string,
): number | undefined {
  const text = environment[name];
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  if (isRight(value)) return value;
  throw new WirepactError('INVALID_OPTIONS', `${name} must be ${what}, not ${JSON.stringify(text)}.`);
}

const readCount = (environment: Environment, name: string, max = Number.POSITIVE_INFINITY) =>
  readNumber(
    environment,
    name,
    (count) => Number.isInteger(count) && count > 0 && count <= max,
    `a whole number over 0${max < Number.POSITIVE_INFINITY ? `, and at most ${max}` : ''}`,
  );

/** The port to listen on by default: that of the environment, or 3000. */
export const readPort = (environment: Environment): number =>
  readNumber(environment, 'PORT', isPort, `a number from 0 to ${MAX_PORT}`) ?? DEFAULT_PORT;

/** What somebody may send: options first, then the environment, then 60 a minute. `undefined`: anything. */
export function readRateLimit(
  option: RateLimit | false | undefined,
  environment: Environment,
): RateLimit | undefined {
  if (option === false) return undefined;
  const points = option?.points ?? readCount(environment, 'WIREPACT_RATE_LIMIT_POINTS') ?? 60;
  const durationSeconds =
    option?.durationSeconds ??
    readCount(environment, 'WIREPACT_RATE_LIMIT_SECONDS', MAX_WINDOW_SECONDS) ??
    60;
  return { ...option, points, durationSeconds };
}

/** Proxies to trust out of the environment: `true`, `false`, a number of hops, or a list of addresses. */
export function readTrustProxy(option: TrustProxy | undefined, environment: Environment): TrustProxy {
  if (option !== undefined) return option;
  const text = environment.WIREPACT_TRUST_PROXY || 'false';
  if (text === 'true' || text === 'false') return text === 'true';
  return /^\d+$/.test(text) ? Number(text) : text;
}
