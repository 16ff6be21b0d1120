import { type Contract, versionsOf } from '@wirepact/contract/runtime';

/**
 * The versions that do not break what was made for this one: `^1.0.0` for `1.4.2`, `~0.3.0` for `0.3.1`. A
 * pre-release promises nothing and comes before every release, so it asks for itself.
 */
const toRange = (version: string): string => {
  const [major, minor] = version.split('.');
  if (/^[\d.]+-/.test(version)) return version;
  return major === '0' ? `~0.${minor}.0` : `^${major}.0.0`;
};

/** What a client of this contract can work with: ranges by the name of a contract, for the handshake. */
export const toVersionRanges = (contract: Contract): Record<string, string> =>
  Object.fromEntries(Object.entries(versionsOf(contract)).map(([name, version]) => [name, toRange(version)]));
