import { join } from 'node:path';
import ts from 'typescript';

const PACKAGE = join(import.meta.dirname, '..');

/**
 * What the compiler finds in samples, strictly; `samples` and `others` are files, there or not, with their code. `contract` is
 * the file that samples know as `@acme/board`.
 */
export function compileSamples(
  samples: ReadonlyMap<string, string>,
  others: ReadonlyMap<string, string>,
  contract: string,
): string[] {
  const { config } = ts.readConfigFile(join(PACKAGE, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, PACKAGE);
  const sources = new Map([...samples, ...others]);
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.fileExists = (path) => sources.has(path) || fileExists(path);
  host.readFile = (path) => sources.get(path) ?? readFile(path);
  const program = ts.createProgram(
    [...sources.keys()],
    { ...options, paths: { '@acme/board': [contract] }, noEmit: true },
    host,
  );
  return [...samples].flatMap(([path, code]) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(path))
      .map(({ messageText }) => `${code}\n${ts.flattenDiagnosticMessageText(messageText, '\n')}`),
  );
}
