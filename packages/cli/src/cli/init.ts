import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { WirepactError } from '@wirepact/contract/runtime';
import { type Files, writeFiles } from './files';
import type { CommandIo, ExitCode } from './io';

/** How `wirepact init` is used. */
export const INIT_USAGE = `wirepact init NAME [DIRECTORY]

  Starts a package that publishes a contract. NAME is that of the package: board, or @acme/board.
  DIRECTORY is the last part of NAME where it is left out; nothing that is there already is written over.`;

/** What npm lets a package be called, near enough to be asked for again. */
const PACKAGE_NAME = /^(@[a-z0-9][\w.-]*\/)?[a-z][a-z0-9-]*$/;

const toJson = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

const toManifest = (name: string) =>
  toJson({
    name,
    version: '1.0.0',
    type: 'module',
    sideEffects: false,
    exports: {
      '.': { types: './dist/index.d.ts', default: './dist/index.js' },
      './schema.json': './dist/schema.json',
    },
    files: ['dist'],
    scripts: {
      build: 'wirepact build src/contract.ts',
      check: 'wirepact diff schema.json dist/schema.json',
      prepublishOnly: 'npm run build && npm run check',
      postpublish: 'wirepact diff schema.json dist/schema.json --accept',
    },
  });

const toContract = (exportName: string) => `import { defineContract, defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';

const cardId = Type.String({ format: 'uuid', description: 'The card.' });
const column = Type.String({ minLength: 1, maxLength: 40, description: 'The column it is in now.' });

/** Everything that front end and back end say to each other. */
export const ${exportName} = defineContract({
  name: '${exportName}',
  version: '1.0.0',
  clientToServer: {
    move_card: defineEvent({
      description: 'Move a card to another column.',
      payload: Type.Object({ cardId, column }),
      reply: Type.Object({ position: Type.Integer({ minimum: 0 }) }),
    }),
  },
  serverToClient: {
    cardMoved: defineEvent({
      description: 'Somebody moved a card.',
      payload: Type.Object({ cardId, column }),
    }),
  },
});
`;

/** The last part of a package's name as a name in JavaScript: `@acme/task-board` gives `taskBoard`. */
const toExportName = (name: string) =>
  (name.split('/').at(-1) ?? name).replace(/-+([a-z0-9])/g, (_dash, letter: string) => letter.toUpperCase());

function checkFree(directory: string, files: Files): void {
  const taken = [...files.keys()].find((name) => existsSync(join(directory, name)));
  if (taken === undefined) return;
  throw new WirepactError(
    'FILE_EXISTS',
    `${join(directory, taken)} is there already, and nothing was written. Choose another directory, or move it away.`,
  );
}

/**
 * `wirepact init`: the files of a package that publishes a contract.
 * @throws WirepactError `FILE_EXISTS` where one of them is there already; then none is written.
 */
export function runInit(args: readonly string[], io: CommandIo): ExitCode {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
  const [name = '', directory = name.split('/').at(-1) ?? name, ...others] = positionals;
  if (!PACKAGE_NAME.test(name) || others.length > 0) {
    io.err(INIT_USAGE);
    return 2;
  }
  const files: Files = new Map([
    ['package.json', toManifest(name)],
    ['src/contract.ts', toContract(toExportName(name))],
  ]);
  checkFree(directory, files);
  writeFiles(directory, files);
  io.out(`${name} is started in ${directory}. Its events are in src/contract.ts. Next:

  cd ${directory}
  npm install @wirepact/contract
  npm install --save-dev @wirepact/cli typebox
  npm run build`);
  return 0;
}
