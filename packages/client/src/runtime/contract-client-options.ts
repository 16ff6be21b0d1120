import { checkOptions, checkUrl, type OptionKinds } from './base/check-options';
import { createClientError } from './base/client-errors';
import { CONNECTION_SETTINGS, type ConnectionSettings } from './connection/connection-settings';
import type { CoreOptions } from './request/client-core';
import type { ContractViolationListener } from './request/contract-violation';
import type { Inspector } from './request/inspector';

/** How a client behaves; everything has a default. */
export interface ContractClientOptions extends ConnectionSettings {
  /** Whether to connect at once; otherwise `connect()` does. Default `true`. */
  readonly autoConnect?: boolean | undefined;
  /** Milliseconds a request may take, the wait for the connection included. Default 10000. */
  readonly requestTimeoutMs?: number | undefined;
  /** Milliseconds between heartbeats, which measure `latencyMs`; 0 turns them off. Default 25000. */
  readonly heartbeatIntervalMs?: number | undefined;
  /** Is told when the server sends what the contract does not allow. Default: a console warning, once per event. */
  readonly onContractViolation?: ContractViolationListener | undefined;
  /** Tells of each event in and out, for development: `createInspector` of `@wirepact/client/inspect`. Default: nobody. */
  readonly inspect?: Inspector | undefined;
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
  if (!path.startsWith('/'))
    throw createClientError('INVALID_OPTIONS', `${of}: "path" must begin with "/", but got "${path}".`);
}

/** The options with what stands for those that are left out, as the parts of a client take them. */
export function resolveClientOptions({
  autoConnect = true,
  requestTimeoutMs = 10_000,
  heartbeatIntervalMs = 25_000,
  onContractViolation,
  inspect,
  ...settings
}: ContractClientOptions): CoreOptions & { readonly autoConnect: boolean } {
  return { autoConnect, requestTimeoutMs, heartbeatIntervalMs, onContractViolation, inspect, settings };
}
