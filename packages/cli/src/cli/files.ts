import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Texts by file name. */
export type Files = ReadonlyMap<string, string>;

const readIfThere = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

/** The names of those files that are not in `directory` as they should be. */
export const listStale = (directory: string, files: Files): string[] =>
  [...files].flatMap(([name, text]) => (readIfThere(join(directory, name)) === text ? [] : [name]));

/** Writes files into `directory`; folders that are missing are made. */
export function writeFiles(directory: string, files: Files): void {
  for (const [name, text] of files) {
    const path = join(directory, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}
