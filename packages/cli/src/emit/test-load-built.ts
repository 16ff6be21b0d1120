import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import { type Files, writeFiles } from '../cli/files';

const RUNTIME = new URL('../../../contract/src/runtime.ts', import.meta.url).href;

/** Loads one of the modules of a built contract, with the kit's sources in place of the published kit. */
export async function loadBuilt(files: Files, name: string): Promise<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), 'wirepact-built-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const ready = [...files].map(
    ([file, text]) => [file, text.replace('@wirepact/contract/runtime', RUNTIME)] as const,
  );
  writeFiles(folder, new Map(ready));
  return import(/* @vite-ignore */ pathToFileURL(join(folder, name)).href);
}
