import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';

const COMPILER = createRequire(import.meta.url).resolve('typescript/lib/tsc.js');

/** What checking a project took. */
export interface Checked {
  /** Milliseconds in all: reading, parsing and checking. */
  readonly durationMs: number;
  /** How many times the compiler made a type of a generic one. */
  readonly instantiations: number;
}

function readNumber(diagnostics: string, name: string): number {
  const value = Number(new RegExp(`^${name}:\\s+([\\d.]+)`, 'm').exec(diagnostics)?.[1]);
  if (Number.isNaN(value)) throw new Error(`The compiler did not tell its ${name}:\n${diagnostics}`);
  return value;
}

/** Checks the types of the project in `folder`, in a fresh process. @throws Error where it finds one wrong. */
export async function checkProject(folder: string): Promise<Checked> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...[COMPILER, '-p', folder, '--extendedDiagnostics'],
  ]);
  return {
    durationMs: readNumber(stdout, 'Total time') * 1_000,
    instantiations: readNumber(stdout, 'Instantiations'),
  };
}
