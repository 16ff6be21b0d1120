import type { IncomingMessage } from 'node:http';
import { WirepactError } from '@wirepact/contract/runtime';
import proxyAddr from 'proxy-addr';
import { parseIpAddress } from './ip-address';

/**
 * Which proxies in front of the server may say whom they speak for, in `X-Forwarded-For`: none (`false`),
 * all of them (`true`), that many (a number), or those with these addresses, CIDR ranges or names
 * (`loopback`, `linklocal`, `uniquelocal`). With `true` whoever connects can claim any address, unless the
 * outermost proxy replaces the header.
 */
export type TrustProxy = boolean | number | string | readonly string[];

/** Says whether a proxy is trusted: the one that connected is hop 0, the one before it hop 1. */
export type ProxyTrust = (address: string, hop: number) => boolean;

/** @throws WirepactError `INVALID_OPTIONS` */
export function createProxyTrust(trustProxy: TrustProxy): ProxyTrust {
  if (typeof trustProxy === 'boolean') return () => trustProxy;
  if (typeof trustProxy === 'number') return (_address, hop) => hop < trustProxy;
  const proxies = typeof trustProxy === 'string' ? trustProxy.split(/\s*,\s*/) : [...trustProxy];
  try {
    return proxyAddr.compile(proxies);
  } catch (cause) {
    const message = `trustProxy must name addresses, CIDR ranges, loopback, linklocal or uniquelocal, not ${JSON.stringify(trustProxy)}.`;
    throw new WirepactError('INVALID_OPTIONS', message, { cause });
  }
}

/** The address at the other end of a request's socket; empty where the socket has ended. */
export const socketAddressOf = ({ socket }: IncomingMessage): string =>
  parseIpAddress(socket.remoteAddress ?? '') ?? '';

/** Addresses that proxies have reported, the last one first. Node joins repeated headers with commas. */
function reportedAddresses(request: IncomingMessage): string[] {
  const header = request.headers['x-forwarded-for'];
  return header === undefined ? [] : String(header).split(',').reverse();
}

/**
 * Finds the IP address of whoever sent a request: of the addresses that trusted proxies report, the first one that is no
 * trusted proxy itself. What is no address is not believed, nor what stands before it.
 */
export function createAddressOf(trusts: ProxyTrust): (request: IncomingMessage) => string {
  return (request) => {
    let address = socketAddressOf(request);
    for (const [hop, reported] of reportedAddresses(request).entries()) {
      if (!trusts(address, hop)) break;
      const next = parseIpAddress(reported);
      if (next === undefined) break;
      address = next;
    }
    return address;
  };
}
