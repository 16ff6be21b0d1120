import { isIPv4, isIPv6, SocketAddress } from 'node:net';

/** `[2001:db8::1]:443`, `[2001:db8::1]` and `192.0.2.1:443`: an address with what proxies write around it. */
const DECORATED = /^(?:\[([^\]]*)\](?::\d+)?|([\d.]+):\d+)$/;
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/;

/**
 * An IP address in its one canonical spelling, whatever it was written as: without port, brackets and zone, IPv4 where
 * IPv6 only maps it. `undefined` where it is none.
 */
export function parseIpAddress(text: string): string | undefined {
  const trimmed = text.trim();
  const decorated = DECORATED.exec(trimmed);
  const [address = ''] = (decorated?.[1] ?? decorated?.[2] ?? trimmed).split('%');
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return undefined;
  const canonical = new SocketAddress({ address, family: 'ipv6' }).address;
  return MAPPED.exec(canonical)?.[1] ?? canonical;
}
