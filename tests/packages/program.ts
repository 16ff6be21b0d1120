import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { inject, onTestFinished } from 'vitest';
import { plainEnvironment } from './run-command';

/** The two ways in which Node loads a program. */
export type ModuleFormat = 'esm' | 'cjs';

const EXTENSION = { esm: 'mjs', cjs: 'cjs' } as const;

/** A running program. */
export interface Program {
  /** Resolves to what `pattern` finds in the output; rejects where the program ends without. */
  find(pattern: RegExp): Promise<RegExpExecArray>;
  /** Everything it has printed, on both streams. */
  output(): string;
}

function start(file: string, folder: string): Program {
  const child = spawn(process.execPath, [file], { cwd: folder, env: plainEnvironment() });
  const ended = once(child, 'close');
  onTestFinished(async () => {
    child.kill();
    await ended;
  });
  let output = '';
  let hasEnded = false;
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const look of waiting) look();
  };
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      wake();
    });
  child.on('close', () => {
    hasEnded = true;
    wake();
  });
  return {
    output: () => output,
    find: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(output);
          if (!found && !hasEnded) return;
          waiting.delete(look);
          if (found) resolve(found);
          else reject(new Error(`The program ended without ${pattern}:\n${output}`));
        };
        waiting.add(look);
        look();
      }),
  };
}

/** A new folder inside a project, the consumer's where none is named: there its dependencies are found. */
export const createFolder = (project = inject('consumer')): Promise<string> =>
  mkdtemp(join(project, 'program-'));

/**
 * Runs TypeScript as a program of a project, in a folder of its own, until the test ends. Its types are taken off and
 * nothing else is done to it: Node itself loads the packages, by `import` or by `require`.
 */
export async function runProgram(code: string, format: ModuleFormat, project?: string): Promise<Program> {
  const folder = await createFolder(project);
  const { code: javascript } = await transform(code, {
    loader: 'ts',
    format,
    platform: 'node',
    target: 'node20',
  });
  const file = join(folder, `program.${EXTENSION[format]}`);
  await writeFile(file, javascript);
  return start(file, folder);
}
