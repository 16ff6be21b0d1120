/**
 * Loopback addresses, each of which is given out once: its own rate limit, its own count of connections. Whoever
 * meets at one server takes addresses of different networks.
 */
export function addressesOf(network: number): () => string {
  let last = 0;
  return () => {
    last += 1;
    return `127.${network}.${1 + Math.floor(last / 250)}.${1 + (last % 250)}`;
  };
}
