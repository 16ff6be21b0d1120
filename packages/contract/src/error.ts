import type { Issue } from './issues';

/** An error as it travels on the wire: never a stack, SQL or a secret. */
export interface WireError {
  /** Stable code from the contract's error registry. */
  code: string;
  /** What was wrong and what to do, for a developer to read. */
  message: string;
  /** True where the same request may succeed later without being changed. */
  retryable: boolean;
  /** What is wrong with the payload, where the payload is at fault. */
  issues?: Issue[];
  /** Milliseconds to wait before a retry can succeed. */
  retryAfterMs?: number;
  /** What the code tells besides, as the contract's error registry declares it. */
  data?: unknown;
}

/** Optional parts of a {@link WirepactError}. */
export interface WirepactErrorDetails<Data = unknown> {
  /** Whether the same may succeed later. */
  retryable?: boolean | undefined;
  /** What is wrong with the payload: each with the path of the value. */
  issues?: Issue[] | undefined;
  /** Milliseconds after which to try again. */
  retryAfterMs?: number | undefined;
  /** What the code tells besides, where the contract declares that it does. */
  data?: Data | undefined;
  /** The error that led to this one; stays in the process and never reaches the wire. */
  cause?: unknown;
}

/**
 * The one error class of Wirepact: a stable `code`, a readable `message`, and whether to retry. `Code` is what `code`
 * may be and `Data` what it tells besides; to have `instanceof` tell the codes of a contract, see {@link errorClass}.
 */
export class WirepactError<Code extends string = string, Data = unknown> extends Error {
  static {
    // Its name as people know it, whatever a bundler calls the class.
    Object.defineProperty(WirepactError, 'name', { value: 'WirepactError' });
    Object.defineProperty(WirepactError.prototype, 'name', { value: 'WirepactError', configurable: true });
  }

  /** As for any class; said here, as TypeScript takes the code of an instance for `any` otherwise. */
  declare static readonly [Symbol.hasInstance]: (value: unknown) => value is WirepactError;

  readonly code: Code;
  readonly retryable: boolean;
  readonly issues: Issue[] | undefined;
  readonly retryAfterMs: number | undefined;
  /** What the code tells besides; `undefined` for codes that tell nothing more. */
  readonly data: Data;

  constructor(code: Code, message: string, details: WirepactErrorDetails<Data> = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.retryable = details.retryable ?? false;
    this.issues = details.issues;
    this.retryAfterMs = details.retryAfterMs;
    // Codes that tell nothing more have `undefined` for their type of data.
    this.data = details.data as Data;
  }

  /** This error as it may be sent to the other side; what is `undefined` in it, JSON leaves out. */
  toWire(): WireError {
    const { code, message, retryable, issues, retryAfterMs, data } = this;
    return { code, message, retryable, issues, retryAfterMs, data };
  }
}

/** {@link WirepactError}, where its code is one of `Code`. */
export interface ErrorClass<Code extends string> {
  new (code: Code, message: string, details?: WirepactErrorDetails): WirepactError<Code>;
  [Symbol.hasInstance](value: unknown): value is WirepactError<Code>;
}

/**
 * {@link WirepactError} under a type that knows the codes of a contract: behind `instanceof`, a code that is misspelt
 * does not compile. At run time it is the same class.
 *
 * @example
 * const ChatError = errorClass<ErrorCode>();
 * // in a `catch (error)`
 * if (error instanceof ChatError && error.code === 'RATE_LIMITED') await wait(error.retryAfterMs);
 */
export function errorClass<Code extends string>(): ErrorClass<Code> {
  // Which codes there are, only the contract knows: no check at run time could tell.
  const same: unknown = WirepactError;
  return same as ErrorClass<Code>;
}
