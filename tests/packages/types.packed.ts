import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createFolder } from './program';
import { insideFunction, README } from './readme-blocks';
import { COMPILERS, createProgram, listFaults } from './type-check';

const readFixture = (name: string) => readFileSync(new URL(`types/${name}.ts`, import.meta.url), 'utf8');
const SOURCES: Record<string, string> = {
  ...README,
  'plain-server': readFixture('plain-server'),
  chat: readFixture('chat'),
};
/** Programs that await outside of a function, which CommonJS does not know. */
const AWAITING = new Set(['client', 'boardServer', 'boardClient']);
/** `.mts` is an ES module and `.cts` is CommonJS; what `.ts` is does not matter to a bundler. */
const FILES = {
  nodenext: Object.keys(SOURCES).flatMap((name) => [`${name}.mts`, `${name}.cts`]),
  bundler: Object.keys(SOURCES).map((name) => `${name}.ts`),
};

let folder: string;

beforeAll(async () => {
  folder = await createFolder();
  for (const [name, code] of Object.entries(SOURCES)) {
    await writeFile(join(folder, `${name}.ts`), code);
    await writeFile(join(folder, `${name}.mts`), code);
    await writeFile(join(folder, `${name}.cts`), AWAITING.has(name) ? insideFunction(code) : code);
  }
  await writeFile(join(folder, 'wrong.ts'), "import { nothing } from '@wirepact/client';\nnothing();\n");
});

describe.each(COMPILERS)('with %s', (compiler) => {
  test.each(['nodenext', 'bundler'] as const)(
    'a consumer’s code and our declarations have no error, %s',
    async (resolution) => {
      expect(await listFaults(compiler, resolution, folder, FILES[resolution])).toEqual([]);
    },
  );
});

test.each(COMPILERS)('%s would find an error', async (compiler) => {
  expect(await listFaults(compiler, 'bundler', folder, ['wrong.ts'])).toEqual([
    expect.stringMatching(/no exported member 'nothing'/),
  ]);
});

test('an editor shows a payload as an interface of the protocol, with what its fields mean', () => {
  const { program, compiler } = createProgram('typescript', 'bundler', folder, ['plain-server.ts']);
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(join(folder, 'plain-server.ts'));
  if (!file) throw new Error('The file is not in the program.');
  const shown: string[] = [];
  const visit = (node: import('typescript').Node): void => {
    if (compiler.isParameter(node) && node.name.getText() === 'payload') {
      const type = checker.getTypeAtLocation(node);
      const [declaration] = type.symbol.declarations ?? [];
      const kind = declaration && compiler.SyntaxKind[declaration.kind];
      const doc = compiler.displayPartsToString(
        type.getProperty('channelId')?.getDocumentationComment(checker),
      );
      shown.push(`${kind} ${checker.typeToString(type)}: ${doc}`);
    }
    compiler.forEachChild(node, visit);
  };
  visit(file);
  expect(shown).toEqual([expect.stringMatching(/^InterfaceDeclaration SendMessage: Target channel\./)]);
});
