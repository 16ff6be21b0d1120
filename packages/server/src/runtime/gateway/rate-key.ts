import { isIPv6 } from 'node:net';

/** Groups of an IPv6 address that name a network: one subscriber commonly has a whole /64. */
const NETWORK_GROUPS = 4;

const expandGroups = (address: string): string[] => {
  const [head = '', tail] = address.split('::');
  const before = head ? head.split(':') : [];
  const after = tail ? tail.split(':') : [];
  const missing = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array<string>(missing).fill('0'), ...after];
};

/** What an address is counted by: an IPv4 address itself, the /64 network of an IPv6 address. */
export function toRateKey(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(address)) return address;
  const network = expandGroups(address).slice(0, NETWORK_GROUPS);
  return network.map((group) => Number.parseInt(group, 16).toString(16)).join(':');
}
