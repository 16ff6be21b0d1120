import { parseArgs } from 'node:util';
import { buildContract } from '../emit/build';
import { listStale, writeFiles } from './files';
import type { CommandIo, ExitCode } from './io';
import { loadContract } from './load-contract';

/** How `wirepact build` is used. */
export const BUILD_USAGE = `wirepact build MODULE [--out DIRECTORY] [--export NAME] [--check]

  Builds the contract that MODULE (TypeScript or JavaScript) exports.

  --out     where to write; default: dist
  --export  which contract, where MODULE exports several
  --check   write nothing; exit with 1 where what is there is not what would be written`;

/**
 * `wirepact build`: emits everything a contract is published with. Exits with 1 where `--check` finds a difference.
 * @throws WirepactError `INVALID_CONTRACT`
 */
export async function runBuild(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      out: { type: 'string', default: 'dist' },
      export: { type: 'string' },
      check: { type: 'boolean', default: false },
    },
  });
  const [path, ...others] = positionals;
  if (path === undefined || others.length > 0) {
    io.err(BUILD_USAGE);
    return 2;
  }
  const { contract, exportName } = await loadContract(path, values.export);
  const files = buildContract(contract, exportName);
  const stale = listStale(values.out, files);
  const title = `${contract.name} ${contract.version}`;
  if (values.check && stale.length > 0) {
    io.err(`${values.out} is not what ${path} gives (${stale.join(', ')}): run \`wirepact build\` again.`);
    return 1;
  }
  if (!values.check) writeFiles(values.out, files);
  io.out(`${title} ${values.check ? 'is' : 'was'} built in ${values.out}: ${[...files.keys()].join(', ')}`);
  return 0;
}
