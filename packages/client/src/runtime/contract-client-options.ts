import { checkOptions, checkUrl, type OptionKinds } from './base/check-options';
import { invalidOptions } from './base/client-errors';
import { CONNECTION_SETTINGS } from './connection/connection-settings';
import type { CoreOptions } from './request/client-core';

/** How a client behaves; everything has a default. */
export interface ContractClientOptions extends CoreOptions {
  /** Whether to connect at once; otherwise `connect()` does. Default `true`. */
  readonly autoConnect?: boolean | undefined;
}

/** What each of the {@link ContractClientOptions} may be. */
const CONTRACT_CLIENT_OPTIONS: OptionKinds<ContractClientOptions> = {
  ...CONNECTION_SETTINGS,
  autoConnect: 'boolean',
  requestTimeoutMs: 'number',
  heartbeatIntervalMs: 'number',
  onContractViolation: 'function',
  inspect: 'function',
};

/**
 * Refuses a URL and options that cannot be meant; a client may have `more` than those of every one.
 * @throws WirepactError `INVALID_OPTIONS`
 */
export function checkClientOptions<Options extends ContractClientOptions>(
  of: string,
  url: unknown,
  options: Options,
  more: OptionKinds<Omit<Options, keyof ContractClientOptions>>,
): void {
  checkUrl(of, url);
  checkOptions<ContractClientOptions>(of, options, { ...CONTRACT_CLIENT_OPTIONS, ...more });
  const { path = '/' } = options;
  if (!path.startsWith('/')) throw invalidOptions(`${of}: "path" must begin with "/", but got "${path}".`);
}
