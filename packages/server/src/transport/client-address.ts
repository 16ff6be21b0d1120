import type { IncomingMessage } from 'node:http';
import { WirepactError } from '@wirepact/contract/runtime';
import proxyAddr from 'proxy-addr';

/**
 * Which proxies in front of the server may say whom they speak for, in `X-Forwarded-For`: none (`false`),
 * all of them (`true`), that many (a number), or those with these addresses, CIDR ranges or names
 * (`loopback`, `linklocal`, `uniquelocal`).
 */
export type TrustProxy = boolean | number | string | readonly string[];

function compileTrust(trustProxy: TrustProxy): (address: string, hop: number) => boolean {
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

/** Finds the IP address of whoever sent a request. */
export function createAddressOf(trustProxy: TrustProxy): (request: IncomingMessage) => string {
  const trust = compileTrust(trustProxy);
  return (request) => proxyAddr(request, trust) ?? '';
}
