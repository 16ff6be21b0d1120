import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';

const COMPILER = createRequire(import.meta.url).resolve('typescript/lib/tsc.js');

/** Tells at the end what the operating system charged; runs before the compiler, in its process. */
const CPU_HOOK = `process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  console.log('CPU time: ' + (user + system) / 1000);
});`;

/** What checking a project took. */
export interface Checked {
  /** Milliseconds of CPU in all: starting, reading, parsing and checking. */
  readonly cpuMs: number;
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
    ...['--import', `data:text/javascript,${encodeURIComponent(CPU_HOOK)}`],
    ...[COMPILER, '-p', folder, '--extendedDiagnostics'],
  ]);
  return {
    cpuMs: readNumber(stdout, 'CPU time'),
    instantiations: readNumber(stdout, 'Instantiations'),
  };
}
