import { createRequire } from 'node:module';
import { dirname, isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where our own files are: those of this package, in a bundle or among the sources, and those of the kit. */
const OURS = [
  fileURLToPath(new URL('..', import.meta.url)),
  dirname(createRequire(import.meta.url).resolve('@wirepact/contract')) + sep,
];

const toPath = (file: string) => (file.startsWith('file:') ? fileURLToPath(file) : file);

const isTheirs = (path: string) =>
  isAbsolute(path) &&
  !OURS.some((folder) => path.startsWith(folder)) &&
  !path.includes('/node_modules/') &&
  !path.includes('\\node_modules\\');

/** A frame of a stack: `at f (/src/contract.ts:12:5)`, or without what is called. */
const FRAME = /^ +at (?:.*\()?(?:async )?([^()]+):(\d+):\d+\)?$/gm;

/** Where in somebody's own files an error was thrown: `src/contract.ts:12`; `undefined` where no stack says so. */
export function placeOf(error: unknown): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  for (const [, file = '', line = ''] of stack.matchAll(FRAME)) {
    const path = toPath(file);
    if (isTheirs(path)) return `${relative(process.cwd(), path)}:${line}`;
  }
  return undefined;
}
