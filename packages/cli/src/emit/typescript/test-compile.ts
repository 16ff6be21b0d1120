import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const FOLDER = dirname(fileURLToPath(import.meta.url));

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  customConditions: ['@wirepact/source'],
  types: ['node'],
};

/** What is on the disk is read once, whatever is compiled beside it. */
const read = new Map<string, ts.SourceFile | undefined>();

/**
 * What TypeScript has to say about modules that stand in this folder, without being on the disk: one line for every
 * error, `name:line message`. What they import is not checked itself.
 */
export function compile(
  modules: Readonly<Record<string, string>>,
  options: ts.CompilerOptions = {},
): string[] {
  const texts = new Map(Object.entries(modules).map(([name, text]) => [join(FOLDER, name), text]));
  const settings = { ...OPTIONS, ...options };
  const host = ts.createCompilerHost(settings, true);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => texts.has(file) || fileExists(file);
  host.readFile = (file) => texts.get(file) ?? readFile(file);
  host.getSourceFile = (file, languageVersion, ...rest) => {
    const text = texts.get(file);
    if (text !== undefined) return ts.createSourceFile(file, text, languageVersion, true);
    if (!read.has(file)) read.set(file, getSourceFile(file, languageVersion, ...rest));
    return read.get(file);
  };
  const program = ts.createProgram([...texts.keys()], settings, host);
  const files = [...texts.keys()].map((file) => program.getSourceFile(file));
  return files
    .flatMap((file) => ts.getPreEmitDiagnostics(program, file))
    .map(({ file, start = 0, messageText }) => {
      const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
      const message = ts.flattenDiagnosticMessageText(messageText, ' ');
      return `${file ? file.fileName.slice(FOLDER.length + 1) : ''}:${line} ${message}`;
    });
}
