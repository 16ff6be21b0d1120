import { WirepactError } from '@wirepact/contract/runtime';

/** Where a store tells of what nobody asked for; a pino logger is one. */
export interface StoreLogger {
  warn(details: object, message: string): void;
}

/** Settings that every store has. */
export interface StoreOptions {
  /** How long a repeated message is known as such, in milliseconds. Default 24 hours. */
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

/** A setting that has to be a whole number over 0. @throws WirepactError `INVALID_OPTIONS` */
export function readCount(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new WirepactError('INVALID_OPTIONS', `${name} must be a whole number over 0, not ${String(value)}.`);
}

/** The settings, with defaults for what is left out. @throws WirepactError `INVALID_OPTIONS` */
export const readStoreOptions = (options: StoreOptions): Required<StoreOptions> => ({
  // Longer than any client goes on trying.
  idempotencyMs: readCount('idempotencyMs', options.idempotencyMs ?? 24 * HOUR_MS),
  maxPropertiesBytes: readCount('maxPropertiesBytes', options.maxPropertiesBytes ?? 64 * 1024),
  logger: options.logger ?? NODE_WARNINGS,
});
