import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createFolder, type Program, runProgram } from './program';
import { README, replaceIn, serverOnFreePort } from './readme-blocks';
import { runCommand } from './run-command';

const SOURCE = fileURLToPath(new URL('page/', import.meta.url));
const VITE = fileURLToPath(new URL('../node_modules/vite/bin/vite.js', import.meta.url));

/** Builds a page out of `script` with Vite, for production; answers with the folder it is in. */
export async function buildPage(script: string): Promise<string> {
  const folder = await createFolder();
  const source = join(folder, 'source');
  await mkdir(source);
  await copyFile(join(SOURCE, 'index.html'), join(source, 'index.html'));
  await writeFile(join(source, 'main.ts'), script);
  const built = join(folder, 'page');
  await runCommand(
    process.execPath,
    [VITE, 'build', source, '--outDir', built, '--logLevel', 'error'],
    folder,
  );
  return built;
}

/** The README's client in a page from the server it talks to, and what else the page does, as statements. */
export const clientInPage = (more: string): string =>
  `${replaceIn(README.client, { "'http://localhost:3000'": 'location.origin' })}\n${more}`;

/** The README's server, which serves the page in `folder` besides; answers with its address. */
export async function servePage(folder: string): Promise<{ url: string; program: Program }> {
  const code = replaceIn(serverOnFreePort, { 'createServer()': 'createServer(servePage)' });
  const serving = replaceIn(await readFile(join(SOURCE, 'serve-page.ts'), 'utf8'), {
    "join('page', path)": `join(${JSON.stringify(folder)}, path)`,
  });
  const program = await runProgram(`${serving}\n${code}`, 'esm');
  const [, port] = await program.find(/^port (\d+)$/m);
  return { url: `http://localhost:${port}/`, program };
}
