import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from './main';

let folder = '';
const BOARD = new URL('../test-contract.ts', import.meta.url).pathname;

const INDEX = JSON.stringify(new URL('../../../contract/src/index.ts', import.meta.url).pathname);

/** A module that exports a contract with a room under `name`. */
const contractModule = (name: string) => `
import { defineContract, defineEvent } from ${INDEX};
export const ${name} = defineContract({
  name: 'board',
  version: '1.0.0',
  clientToServer: {
    move_card: defineEvent({
      description: 'Move a card.',
      payload: { type: 'object', properties: { boardId: { type: 'string' }, by: { type: 'string' } } },
      room: { name: 'board', property: 'boardId' },
      actor: 'by',
    }),
  },
  serverToClient: {},
});
`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirepact-build-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCommand(args, { out: (text) => out.push(text), err: (text) => err.push(text) });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

describe('wirepact build', () => {
  test('writes everything a contract is published with', async () => {
    const out = join(folder, 'built');
    expect(await run('build', BOARD, '--out', out)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^board 1\.0\.0 was built in .*index\.js, index\.d\.ts/),
    });
    expect(readdirSync(out).toSorted()).toEqual(
      [
        ...['asyncapi.json', 'checks.js', 'errors.js', 'events.d.ts', 'index.d.ts', 'index.js', 'issues.js'],
        ...['reference.md', 'schema.json', 'types.d.ts'],
      ].toSorted(),
    );
  });

  test('what it writes checks payloads, and lists issues once they are asked for', async () => {
    const out = join(folder, 'run');
    await run('build', BOARD, '--out', out);
    const runtime = new URL('../../../contract/src/runtime.ts', import.meta.url).href;
    const index = readFileSync(join(out, 'index.js'), 'utf8');
    writeFileSync(join(out, 'index.js'), index.replace('@wirepact/contract/runtime', runtime));
    const { board, errors } = await import(/* @vite-ignore */ pathToFileURL(join(out, 'index.js')).href);
    expect(board).toMatchObject({ name: 'board', version: '1.0.0' });
    expect(errors.CARD_NOT_FOUND).toMatchObject({ retryable: false });
    const { payload, reply } = board.clientToServer.move_card;
    expect(payload.check({ cardId: '123e4567-e89b-12d3-a456-426614174000', column: 'done' })).toBe(true);
    expect(await payload.issues({ cardId: 'x' })).toEqual([
      { path: '/cardId', message: 'must be a valid uuid', keyword: 'format:uuid' },
      { path: '/column', message: 'is required', keyword: 'required' },
    ]);
    expect(reply.check({ position: 1.5 })).toBe(false);
    expect(board.clientToServer.refresh).toMatchObject({ payload: undefined, reply: undefined });
  });

  test.each(['schema', 'event', 'checks', 'room0', 'check'])(
    'a contract may be exported as %s',
    async (name) => {
      const [path, out] = [join(folder, `as-${name}.ts`), join(folder, `as-${name}`)];
      writeFileSync(path, contractModule(name));
      expect(await run('build', path, '--out', out)).toMatchObject({ code: 0 });
      const runtime = new URL('../../../contract/src/runtime.ts', import.meta.url).href;
      const index = readFileSync(join(out, 'index.js'), 'utf8');
      writeFileSync(join(out, 'index.js'), index.replace('@wirepact/contract/runtime', runtime));
      const built = await import(/* @vite-ignore */ pathToFileURL(join(out, 'index.js')).href);
      expect(built[name]).toMatchObject({
        name: 'board',
        clientToServer: { move_card: { room: { name: 'board' }, actor: 'by' } },
      });
    },
  );

  test('a contract is not exported as `errors`, which is the name of its codes', async () => {
    const path = join(folder, 'as-errors.ts');
    writeFileSync(path, contractModule('errors'));
    expect(await run('build', path)).toMatchObject({ code: 2, err: expect.stringContaining('another name') });
  });

  test('--check writes nothing, and finds what has drifted', async () => {
    const out = join(folder, 'checked');
    expect(await run('build', BOARD, '--out', out, '--check')).toMatchObject({ code: 1 });
    expect(readdirSync(folder)).not.toContain('checked');
    await run('build', BOARD, '--out', out);
    expect(await run('build', BOARD, '--out', out, '--check')).toMatchObject({ code: 0 });
    writeFileSync(join(out, 'types.d.ts'), 'export type MoveCard = string;');
    expect(await run('build', BOARD, '--out', out, '--check')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/\(types\.d\.ts\): run `wirepact build` again/),
    });
  });

  test.each([
    ['a module that is not there', 'missing.ts', '', /missing\.ts could not be loaded/],
    ['a module without a contract', 'none.ts', 'export const a = 1;', /none\.ts exports no contract/],
    [
      'a module with several',
      'two.ts',
      'const c = { name: "c", version: "1.0.0", errors: {}, clientToServer: {}, serverToClient: {} };\nexport const one = c, two = c;',
      /exports several contracts \(one, two\); say which with --export/,
    ],
  ])('refuses %s', async (_what, name, text, message) => {
    const path = join(folder, name);
    if (text) writeFileSync(path, text);
    expect(await run('build', path)).toMatchObject({ code: 2, err: expect.stringMatching(message) });
  });

  test.each<[string, string, string, RegExp]>([
    [
      'throws',
      'throws.ts',
      'export const a: number = 1;\n\nthrow new Error("oops");',
      /throws\.ts could not be loaded: oops \(.*throws\.ts:3\)$/,
    ],
    [
      'imports one that throws',
      'outer.ts',
      'import "./throws.ts";',
      /outer\.ts could not be loaded: oops \(.*throws\.ts:3\)$/,
    ],
    [
      'imports what is not there',
      'lost.ts',
      'export const a = 1;\nimport { b } from "./gone";\nexport const c = b;',
      /Cannot find module '\.\/gone' \(.*lost\.ts:2\)$/,
    ],
    ['is not TypeScript', 'odd.ts', 'export const a = 1;\nexport const b = = 2;', /odd\.ts:2:17/],
    ['throws no error', 'text.ts', 'throw "just so";', /text\.ts could not be loaded: just so$/],
    [
      'declares what is no schema',
      'slip.ts',
      `import { defineEvent } from ${INDEX};\n\nexport const a = defineEvent({\n  description: 'Move.',\n  payload: { id: 'string' },\n});`,
      /event "Move\.", payload: this is not a schema.* \(.*slip\.ts:3\)$/,
    ],
  ])('[E5] says where a module fails that %s', async (_what, name, text, message) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    const { code, err } = await run('build', path);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(message) });
    expect(err).not.toContain('\n');
  });

  test('[E6] finds what a module imports by the paths of its tsconfig', async () => {
    const home = mkdtempSync(join(folder, 'paths-'));
    mkdirSync(join(home, 'src/shared'), { recursive: true });
    const base = { compilerOptions: { baseUrl: '.', paths: { '@shared/*': ['src/shared/*'] } } };
    writeFileSync(join(home, 'tsconfig.base.json'), `// As editors write it.\n${JSON.stringify(base)}`);
    writeFileSync(join(home, 'tsconfig.json'), JSON.stringify({ extends: './tsconfig.base.json' }));
    writeFileSync(join(home, 'src/shared/board.ts'), contractModule('board'));
    writeFileSync(join(home, 'src/contract.ts'), "export { board } from '@shared/board';");
    const built = await run('build', join(home, 'src/contract.ts'), '--out', join(home, 'dist'));
    expect(built).toMatchObject({ code: 0, err: '' });
  });

  test('takes the one that is named, of several', async () => {
    const path = join(folder, 'two.ts');
    const out = join(folder, 'second');
    expect(await run('build', path, '--export', 'two', '--out', out)).toMatchObject({ code: 0 });
    expect(readFileSync(join(out, 'index.js'), 'utf8')).toContain('export const two =');
    expect(await run('build', path, '--export', 'three')).toMatchObject({
      code: 2,
      err: expect.stringContaining('no contract named three, but one, two'),
    });
  });
});

test('a place that cannot be written is told in words, by each command that writes', async () => {
  const file = join(folder, 'a-file');
  writeFileSync(file, '');
  const refused = { code: 2, out: '', err: expect.stringMatching(/^E(EXIST|NOTDIR): .*a-file/) };
  expect(await run('build', BOARD, '--out', file)).toEqual(refused);
  expect(await run('init', 'board', join(file, 'board'))).toEqual(refused);
  const built = join(folder, 'built-for-accept');
  await run('build', BOARD, '--out', built);
  expect(await run('diff', join(file, 'schema.json'), join(built, 'schema.json'), '--accept')).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^ENOTDIR: .*a-file/),
  });
});

describe('wirepact init', () => {
  test('starts a package whose contract can be built', async () => {
    const start = join(folder, 'start');
    expect(await run('init', '@acme/task-board', start)).toMatchObject({ code: 0 });
    const manifest = JSON.parse(readFileSync(join(start, 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({ name: '@acme/task-board', type: 'module', files: ['dist'] });
    expect(readFileSync(join(start, 'src/contract.ts'), 'utf8')).toContain('export const taskBoard =');
  });

  test('writes over nothing', async () => {
    const taken = join(folder, 'taken');
    mkdirSync(taken);
    writeFileSync(join(taken, 'package.json'), '{}');
    expect(await run('init', 'board', taken)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^FILE_EXISTS: .*package\.json is there already, and nothing was written/),
    });
    expect(readdirSync(taken)).toEqual(['package.json']);
  });

  test.each(['', 'Board', '../board', '@acme', 'a b'])('refuses the name %j', async (name) => {
    expect(await run('init', name)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^wirepact init NAME/),
    });
  });
});

describe('wirepact', () => {
  test('says what it can do', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    for (const command of ['wirepact build MODULE', 'wirepact diff OLD NEW', 'wirepact init NAME'])
      expect(out).toContain(command);
  });

  test.each(['build', 'diff', 'init'])('[E5] says what %s can do, however it is asked', async (name) => {
    const expected = { code: 0, err: '', out: expect.stringMatching(new RegExp(`^wirepact ${name} `)) };
    for (const args of [
      [name, '--help'],
      [name, '-h'],
      ['help', name],
      [name, 'x', '--help'],
    ])
      expect(await run(...args)).toEqual(expected);
  });

  test('[E5] shows how a command is used where an option is wrong', async () => {
    expect(await run('build', 'a.ts', '--outt', 'x')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/--outt.*\n\nwirepact build MODULE/s),
    });
  });

  test('refuses a command it does not have', async () => {
    expect(await run('publish')).toMatchObject({ code: 2, err: expect.stringContaining('"publish"') });
    expect(await run()).toMatchObject({ code: 2, err: expect.stringContaining('A command is missing') });
    expect(await run('build', 'a', '--what')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--what'),
    });
  });
});
