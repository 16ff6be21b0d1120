import { WirepactError } from '@wirepact/contract/runtime';
import satisfies from 'semver/functions/satisfies.js';
import validRange from 'semver/ranges/valid.js';

const MAX_RANGE_LENGTH = 256;
const MAX_RANGES = 8;

const unsupported = (message: string) => new WirepactError('VERSION_UNSUPPORTED', message);

/** What a client asked for, as ranges by the name of a contract; `undefined` where it is nothing of the kind. */
function readRanges(asked: unknown, defaultName: string): [name: string, range: unknown][] | undefined {
  if (typeof asked === 'string') return [[defaultName, asked]];
  if (typeof asked !== 'object' || asked === null) return undefined;
  const ranges = Object.entries(asked);
  return ranges.length <= MAX_RANGES ? ranges : undefined;
}

const isRange = (range: unknown): range is string =>
  typeof range === 'string' && range.length <= MAX_RANGE_LENGTH && validRange(range) !== null;

/**
 * A check of what a client asks for in `auth.protocol` against the versions there are, by the name of a contract: a
 * range, which is about `defaultName`, or ranges by name. It throws `VERSION_UNSUPPORTED` where one does not hold.
 */
export function createVersionCheck(versions: Readonly<Record<string, string>>, defaultName: string) {
  const known = new Map(Object.entries(versions));
  return (asked: unknown): void => {
    if (asked === undefined) return;
    const ranges = readRanges(asked, defaultName);
    if (!ranges)
      throw unsupported(`auth.protocol must be a version range, or up to ${MAX_RANGES} of them by contract.`);
    for (const [name, range] of ranges) {
      const shown = JSON.stringify(name.slice(0, 100));
      if (!isRange(range))
        throw unsupported(`auth.protocol has no version range such as "^1.0.0" for ${shown}.`);
      const version = known.get(name);
      if (version === undefined) throw unsupported(`This server does not speak ${shown}.`);
      if (!satisfies(version, range, { includePrerelease: true }))
        throw unsupported(`This server speaks ${name} ${version}; the client asks for ${range}.`);
    }
  };
}
