import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';

const FOLDER = fileURLToPath(new URL('..', import.meta.url));
const ENTRY = 'stdin.js';

/** How a page is bundled. */
export interface BundleOptions {
  /** Whether what is imported when it is needed becomes a file of its own. */
  readonly splitting: boolean;
  /** Export conditions besides the usual ones. */
  readonly conditions?: string[];
}

/** Bytes of a page's modules, minified and compressed (gzip -9), each file by itself. */
export interface BundleSize {
  /** What the page loads at once. */
  readonly initial: number;
  /** All of it, with what is only loaded when it is needed. */
  readonly whole: number;
}

/** The files that are loaded with `file`, itself included. */
function listLoaded(outputs: Metafile['outputs'], file: string, loaded = new Set<string>()): Set<string> {
  loaded.add(file);
  const imports = outputs[file]?.imports ?? [];
  for (const { kind, path } of imports) {
    if (kind === 'import-statement' && !loaded.has(path)) listLoaded(outputs, path, loaded);
  }
  return loaded;
}

/** Bundles a page for browsers, by esbuild, and weighs it. */
export async function weighBundle(page: string, options: BundleOptions): Promise<BundleSize> {
  const { outputFiles, metafile } = await build({
    ...{ stdin: { contents: page, resolveDir: FOLDER }, absWorkingDir: FOLDER, outdir: '.' },
    ...{ bundle: true, minify: true, format: 'esm', target: 'es2022', write: false, metafile: true },
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
    ...options,
  });
  const loaded = listLoaded(metafile.outputs, ENTRY);
  const size = { initial: 0, whole: 0 };
  for (const { path, contents } of outputFiles) {
    const bytes = gzipSync(contents, { level: 9 }).length;
    size.whole += bytes;
    if (loaded.has(path.slice(FOLDER.length))) size.initial += bytes;
  }
  return size;
}
