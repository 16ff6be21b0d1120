import { createRequire } from 'node:module';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type ts from 'typescript';
import { tryCommand } from './run-command';

/** The compilers that declarations must suit, by the names they are installed under. */
export const COMPILERS = ['typescript59', 'typescript', 'typescript7'] as const;

/** One of {@link COMPILERS}. */
export type Compiler = (typeof COMPILERS)[number];

/** How modules are found: as Node does, for both of its kinds of modules, or as bundlers do. */
export type Resolution = 'nodenext' | 'bundler';

const SETTINGS = {
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
} as const;

const require = createRequire(import.meta.url);

/** Whether a file is the consumer's, or declarations of ours that it has installed. */
const isOurs = (path: string) => !path.includes('node_modules/') || path.includes('/@wirepact/');

/** Everything a consumer would set who wants to know all that is wrong, declarations included. */
const optionsOf = (resolution: Resolution) => ({
  ...SETTINGS[resolution],
  target: 'es2022',
  lib: ['es2023', 'dom'],
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  noEmit: true,
});

/** A program of the files in `folder`, made by a compiler that is called as a library. */
export function createProgram(
  compiler: Exclude<Compiler, 'typescript7'>,
  resolution: Resolution,
  folder: string,
  files: readonly string[],
): { program: ts.Program; compiler: typeof ts } {
  const library: typeof ts = require(compiler);
  const { options, errors } = library.convertCompilerOptionsFromJson(optionsOf(resolution), folder);
  if (errors.length > 0) throw new Error(errors.map(({ messageText }) => messageText).join('\n'));
  const names = files.map((file) => `${folder}/${file}`);
  return { program: library.createProgram(names, options), compiler: library };
}

/** Asks for the faults of our files one by one: those of all the libraries around them would take minutes. */
function listFaultsByLibrary(
  name: Exclude<Compiler, 'typescript7'>,
  resolution: Resolution,
  folder: string,
  files: readonly string[],
): string[] {
  const { program, compiler } = createProgram(name, resolution, folder, files);
  const faults = program
    .getSourceFiles()
    .filter(({ fileName }) => isOurs(fileName))
    .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]);
  return [...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics(), ...faults].map(
    ({ file, messageText }) =>
      `${file ? relative(folder, file.fileName) : ''}: ${compiler.flattenDiagnosticMessageText(messageText, '\n')}`,
  );
}

/** TypeScript 7 is a command only. */
async function listFaultsByCommand(
  resolution: Resolution,
  folder: string,
  files: readonly string[],
): Promise<string[]> {
  const tsc = fileURLToPath(new URL('../node_modules/typescript7/bin/tsc', import.meta.url));
  const flags = Object.entries(optionsOf(resolution)).flatMap(([name, value]) => [
    `--${name}`,
    String(value),
  ]);
  const { exitCode, output } = await tryCommand(
    process.execPath,
    [tsc, ...flags, '--pretty', 'false', ...files],
    folder,
  );
  const lines = output.split('\n').filter((line) => /^\S.*error TS/.test(line));
  if (exitCode !== 0 && lines.length === 0) throw new Error(output);
  return lines.filter(isOurs);
}

/** What a compiler finds wrong in the files of `folder` and in our declarations, one line each. */
export const listFaults = async (
  compiler: Compiler,
  resolution: Resolution,
  folder: string,
  files: readonly string[],
): Promise<string[]> =>
  compiler === 'typescript7'
    ? listFaultsByCommand(resolution, folder, files)
    : listFaultsByLibrary(compiler, resolution, folder, files);
