/** Networks that those who meet at one server come from. */
export const NETWORK = { attacker: 20, bystander: 10 } as const;

/**
 * Loopback addresses, each of which is given out once: its own rate limit, its own count of connections.
 */
export function addressesOf(network: number): () => string {
  let last = 0;
  return () => {
    last += 1;
    return `127.${network}.${1 + Math.floor(last / 250)}.${1 + (last % 250)}`;
  };
}

/** Whether an address is one of that network. */
export const isFrom = (network: number, address: string): boolean => address.includes(`127.${network}.`);
