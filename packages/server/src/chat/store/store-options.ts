import {
  type Check,
  checkOptions,
  count,
  hasMethods,
  invalidOption,
  isObject,
  must,
  wholeDuration,
} from '../../runtime/option-checks';
import { steadily } from '../../runtime/steady-logger';

/** Where a store tells of what nobody asked for; a pino logger is one. */
export interface StoreLogger {
  warn(details: object, message: string): void;
}

/** Settings that every store has. */
export interface StoreOptions {
  /** How long a repeated message is known as such, in milliseconds, 24 days at most. Default 24 hours. */
  idempotencyMs?: number;
  /** Size of a channel's properties at most, in bytes of JSON. Default 65,536. */
  maxPropertiesBytes?: number;
  /** Hears of rows that cannot be read and of outages, as they begin and end. Default: Node's warnings. */
  logger?: StoreLogger;
}

const HOUR_MS = 60 * 60 * 1000;

const NODE_WARNINGS: StoreLogger = {
  warn: (details, message) =>
    process.emitWarning(message, { type: 'Wirepact', detail: JSON.stringify(details) }),
};

/** A text that says where something is. */
export const isPlace = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** The checks of the settings that every store has. */
export const STORE_OPTION_CHECKS = {
  idempotencyMs: wholeDuration,
  maxPropertiesBytes: count,
  logger: must((value) => hasMethods(value, 'warn'), 'a logger with a method `warn`, such as one of pino’s'),
} as const satisfies Readonly<Record<keyof StoreOptions, Check>>;

/**
 * Refuses what is no setting of a store, and what a setting cannot be. What is passed in place of settings is not shown: a URL may
 * have a password.
 * @param call how the store is made, to be shown then.
 * @throws WirepactError `INVALID_OPTIONS`
 */
export function checkStoreOptions(
  options: unknown,
  checks: Readonly<Record<string, Check>>,
  call: string,
): void {
  if (!isObject(options)) throw invalidOption(`The options must be an object, as in ${call}.`);
  checkOptions(options, checks);
}

/** The settings, with defaults for what is left out. */
export const readStoreOptions = ({
  logger = NODE_WARNINGS,
  ...options
}: StoreOptions): Required<StoreOptions> => ({
  // Longer than any client goes on trying.
  idempotencyMs: options.idempotencyMs ?? 24 * HOUR_MS,
  maxPropertiesBytes: options.maxPropertiesBytes ?? 64 * 1024,
  logger: { warn: steadily((details: object, message: string) => logger.warn(details, message)) },
});
