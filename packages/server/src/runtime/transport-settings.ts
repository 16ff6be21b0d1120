import type { Contract, PayloadBounds } from '@wirepact/contract/runtime';
import { readTrustProxy } from './environment';
import type { ServerNumbers, ServerOptions } from './server-options';
import type { TransportOptions } from './transport/transport';

/** The largest bounds of anything that clients send: their events, and their answers to the server's. */
function largestBounds({ clientToServer, serverToClient }: Contract): PayloadBounds {
  const answered = Object.values(serverToClient).filter(({ reply }) => reply !== undefined);
  const limits = [...Object.values(clientToServer), ...answered].map((event) => event.limits);
  const largest = (name: keyof PayloadBounds) => Math.max(0, ...limits.map((bounds) => bounds[name]));
  return {
    maxDepth: largest('maxDepth'),
    maxProperties: largest('maxProperties'),
    maxSize: largest('maxSize'),
  };
}

/** What the options of a server say about its transport. */
export const toTransportSettings = (
  {
    path = '/socket.io/',
    corsOrigin,
    authenticate,
    trustProxy,
    dialects = [],
    fastPath = true,
    tracing,
  }: ServerOptions,
  { maxWaitingBytes, maxQueuedPackets }: ServerNumbers,
  contract: Contract,
): Pick<
  TransportOptions<never>,
  | ('path' | 'corsOrigin' | 'checksOrigin' | 'trustProxy' | 'dialects' | 'isOwnEvent')
  | ('bounds' | 'isFast' | 'maxWaitingBytes' | 'maxQueuedPackets' | 'tracing')
> => ({
  path,
  corsOrigin,
  checksOrigin: authenticate !== undefined || corsOrigin !== undefined,
  trustProxy: readTrustProxy(trustProxy, process.env),
  dialects,
  isOwnEvent: (event) => Object.hasOwn(contract.clientToServer, event),
  bounds: largestBounds(contract),
  isFast: fastPath,
  maxWaitingBytes,
  maxQueuedPackets,
  tracing,
});
