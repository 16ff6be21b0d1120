import type { Contract, PayloadBounds } from '@wirepact/contract/runtime';
import type { TransportOptions } from '../runtime/transport/transport';
import type { ChatServerOptions, NumberOptions } from './options';

/** The largest bounds that any event of clients has. */
function largestBounds({ clientToServer }: Contract): PayloadBounds {
  const limits = Object.values(clientToServer).map((event) => event.limits);
  const largest = (name: keyof PayloadBounds) => Math.max(0, ...limits.map((bounds) => bounds[name]));
  return {
    maxDepth: largest('maxDepth'),
    maxProperties: largest('maxProperties'),
    maxSize: largest('maxSize'),
  };
}

type WireOptions = Pick<ChatServerOptions, 'path' | 'corsOrigin' | 'authenticate'>;

/** What the options of a chat server say about its transport. */
export function toTransportSettings(
  { path = '/socket.io/', corsOrigin, authenticate }: WireOptions,
  { maxWaitingBytes, maxQueuedPackets }: NumberOptions,
  contract: Contract,
): Omit<TransportOptions<never>, 'farewell' | 'identify' | 'logger' | 'trustProxy'> {
  return {
    path,
    corsOrigin,
    checksOrigin: authenticate !== undefined || corsOrigin !== undefined,
    bounds: largestBounds(contract),
    maxWaitingBytes,
    maxQueuedPackets,
  };
}
