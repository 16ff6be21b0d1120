import {
  CONNECTION_NAMES,
  type ConnectionNames,
  type Contract,
  createDeprecationWarning,
  versionRangesOf,
  WirepactError,
} from '@wirepact/contract/runtime';
import { timerMs } from '../base/deadline';
import { EventHub } from '../base/event-hub';
import { Connection } from '../connection/connection';
import type { ConnectionSettings } from '../connection/connection-settings';
import { startHeartbeat } from '../connection/heartbeat';
import { ContractCheck } from './contract-check';
import { type ContractViolationListener, createViolationWarning } from './contract-violation';
import { followServer } from './follow-server';
import type { Inspector } from './inspector';
import { Requester } from './request';
import { ServerInfo } from './server-info';
import { ServerRequests } from './server-requests';

/** What every client may be told, whatever contract it speaks. */
export interface CoreOptions extends ConnectionSettings {
  /** Milliseconds a request may take, the wait for the connection included. Default 10000. */
  readonly requestTimeoutMs?: number | undefined;
  /** Milliseconds between heartbeats, which measure `latencyMs`; 0 turns them off. Default 25000. */
  readonly heartbeatIntervalMs?: number | undefined;
  /** Is told when the server sends what the contract does not allow. Default: a console warning, once per event. */
  readonly onContractViolation?: ContractViolationListener | undefined;
  /** Tells of each event in and out, for development: `createInspector` of `@wirepact/client/inspect`. Default: nobody. */
  readonly inspect?: Inspector | undefined;
}

/** What every client is made of, whatever contract it speaks. */
export interface ClientCore {
  readonly connection: Connection;
  readonly check: ContractCheck;
  readonly requester: Requester;
  readonly hub: EventHub;
  readonly server: ServerInfo;
  readonly requests: ServerRequests;
}

declare const process: { readonly env?: { readonly NODE_ENV?: string } };

/**
 * Warnings of what should no longer be used, while an application is being developed, as `process.env.NODE_ENV` says. That
 * bundlers replace, and leave out what is not reached then. A page without a bundler has no `process`: it counts as production.
 */
const warnOfDeprecated = () =>
  typeof process !== 'undefined' && process.env?.NODE_ENV !== 'production'
    ? createDeprecationWarning((text) => console.warn(`wirepact: ${text}`))
    : undefined;

/**
 * The parts of a client, wired: its listeners and handlers get what the server sends, once it was checked. `names` are those
 * that the contract has for what every connection speaks.
 */
export function createClientCore(
  url: string,
  contract: Contract,
  {
    requestTimeoutMs = 10_000,
    heartbeatIntervalMs = 25_000,
    onContractViolation = createViolationWarning(),
    inspect,
    ...settings
  }: CoreOptions,
  names: ConnectionNames = CONNECTION_NAMES,
): ClientCore {
  const connection = new Connection(url, settings, versionRangesOf(contract));
  const check = new ContractCheck(contract, onContractViolation, warnOfDeprecated());
  inspect?.({ connection, check });
  const requester = new Requester(connection, check, requestTimeoutMs);
  const hub = new EventHub();
  const server = new ServerInfo();
  const requests = new ServerRequests(check);

  followServer(hub, {
    names,
    server,
    connection,
    requester,
    isRenewable: typeof settings.auth === 'function',
  });
  connection.onEvent((event, payload, acknowledge) => {
    const refusal = check.incoming(event, payload);
    if (!refusal) {
      hub.emit({ event, payload });
      if (acknowledge) void requests.answer({ event, payload }, acknowledge);
    } else if (acknowledge) {
      const error = new WirepactError(
        refusal,
        `This client refuses ${event}: the contract does not have it so.`,
      );
      acknowledge({ ok: false, error: error.toWire() });
    }
  });
  const isPromised = () => server.declares(names.heartbeat);
  startHeartbeat({
    connection,
    event: names.heartbeat,
    intervalMs: timerMs(heartbeatIntervalMs),
    timeoutMs: timerMs(requestTimeoutMs),
    isPromised,
  });
  return { connection, check, requester, hub, server, requests };
}
