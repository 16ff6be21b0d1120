import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { ContractDocument } from '../contract-document';
import { documentOf, eventOf } from '../diff/testing/test-documents';
import { runCommand } from './main';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirepact-diff-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: ContractDocument | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

async function run(...args: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCommand(['diff', ...args], {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const published = documentOf({ clientToServer: { move: eventOf(), stop: eventOf() } });
const broken = (version: string) => documentOf({ version, clientToServer: { move: eventOf() } });

it('fails where something breaks and the version does not say so', async () => {
  const { code, out, err } = await run(await file('old', published), await file('new', broken('1.1.0')));
  expect(code).toBe(1);
  expect(out).toContain('board 1.0.0 -> 1.1.0\n\nBreaking (1)\n  clientToServer/stop  event removed');
  expect(out).toContain('Failed: board: version 1.0.0 -> 1.1.0 is not enough');
  expect(err).toBe('');
});

it('passes where the version says that it breaks', async () => {
  const { code, out } = await run(await file('old', published), await file('new', broken('2.0.0')));
  expect(code).toBe(0);
  expect(out).toContain('Passed: it breaks, and the version says so.');
});

it('[E14] passes where the version is raised enough for what changed, and fails where it is not', async () => {
  const old = await file('old', published);
  const wider = (version: string) => ({ ...published, version, serverToClient: { moved: eventOf() } });
  const raised = await run(old, await file('new', wider('1.1.0')));
  expect(raised).toMatchObject({ code: 0, out: expect.stringContaining('Passed: nothing breaks') });
  const same = await run(old, await file('new', wider('1.0.0')));
  expect(same).toMatchObject({
    code: 1,
    out: expect.stringMatching(
      /Failed: board: version 1\.0\.0 -> 1\.0\.0.*\nNext: raise `version`.* to 1\.1\.0/,
    ),
  });
  const words = {
    ...published,
    clientToServer: { move: eventOf({ description: 'Else.' }), stop: eventOf() },
  };
  expect(await run(old, await file('new', words))).toMatchObject({
    code: 1,
    out: expect.stringContaining('has to be 1.0.1 or higher'),
  });
  expect(await run(old, await file('new', { ...words, version: '1.0.1' }))).toMatchObject({ code: 0 });
  expect(await run(old, old)).toMatchObject({
    code: 0,
    out: expect.stringContaining('Passed: nothing has changed.'),
  });
});

it('[E14] says what to run where nothing was released yet', async () => {
  const path = await file('new', published);
  const old = join(folder, 'not-there');
  expect(await run(old, path)).toMatchObject({
    code: 2,
    err: expect.stringContaining(`Next: wirepact diff ${old} ${path} --accept`),
  });
});

describe('[E14] a package that publishes a contract', () => {
  async function publish(manifest: object, version = '2.0.0'): Promise<string> {
    const home = await mkdtemp(join(folder, 'package-'));
    await mkdir(join(home, 'dist'));
    await writeFile(join(home, 'package.json'), JSON.stringify(manifest));
    const path = join(home, 'dist/schema.json');
    await writeFile(path, JSON.stringify({ ...published, version }));
    return path;
  }

  test.each<[string, object]>([
    ['conditions', { exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } } }],
    ['one file', { exports: './dist/index.js' }],
    ['conditions alone', { exports: { import: './dist/index.js' } }],
    ['main', { main: 'dist/index.js' }],
  ])('has the version of the contract: exports by %s', async (_how, entry) => {
    const apart = await publish({ version: '1.0.0', ...entry });
    expect(await run(apart, apart)).toMatchObject({
      code: 1,
      out: expect.stringMatching(
        /2\.0\.0 and the package.* is 1\.0\.0.*\nNext: npm version 2\.0\.0 --no-git-tag-version$/,
      ),
    });
    const same = await publish({ version: '2.0.0', ...entry });
    expect(await run(same, same)).toMatchObject({ code: 0 });
  });

  test('is told from one that only has the document', async () => {
    const path = await publish({
      version: '0.1.0',
      exports: { '.': './lib/index.js', './schema.json': './dist/schema.json' },
    });
    expect(await run(path, path)).toMatchObject({ code: 0 });
  });
});

it('prints the diff and the verdict as JSON', async () => {
  const { code, out } = await run(await file('old', published), '--json', await file('new', broken('1.1.0')));
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    bump: 'major',
    changes: [{ path: 'clientToServer/stop', kind: 'event-removed', level: 'breaking' }],
    verdict: { ok: false, problem: { needed: '2.0.0' } },
  });
});

it('tells how it is used where the arguments are wrong', async () => {
  for (const args of [[], ['one'], ['one', 'two', 'three']])
    expect(await run(...args)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^wirepact diff OLD NEW/),
    });
  expect(await run('one', 'two', '--what')).toMatchObject({
    code: 2,
    err: expect.stringContaining('--what'),
  });
});

it('accepts the new document in place of the old one, where all is well and nowhere else', async () => {
  const raised = await file('new', { ...published, version: '1.1.0', serverToClient: { moved: eventOf() } });
  const lock = join(folder, 'lock');
  expect(await run(lock, raised)).toMatchObject({ code: 2, err: expect.stringContaining('is not there') });
  expect(await run(lock, raised, '--accept')).toMatchObject({ code: 0 });
  expect(await readFile(lock, 'utf8')).toBe(await readFile(raised, 'utf8'));
  expect(await run(lock, await file('worse', broken('1.2.0')), '--accept')).toMatchObject({ code: 1 });
  const unsaid = await file('unsaid', { ...published, version: '1.1.0' });
  expect(await run(lock, unsaid, '--accept')).toMatchObject({ code: 1 });
  expect(await readFile(lock, 'utf8')).toBe(await readFile(raised, 'utf8'));
});

it('refuses files that are missing, no JSON, or no contract document', async () => {
  const old = await file('old', published);
  const missing = await run(old, join(folder, 'missing'));
  expect(missing).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^INVALID_CONTRACT: .*missing: cannot be read/),
  });
  const text = await run(old, await file('text', 'no'));
  expect(text).toMatchObject({ code: 2, err: expect.stringContaining('is not JSON') });
  const { $defs: _, ...partial } = published;
  const lacking = await run(await file('partial', JSON.stringify(partial)), old);
  expect(lacking).toMatchObject({
    code: 2,
    err: expect.stringContaining('is not a contract document: /$defs is required'),
  });
});

it('names the keyword of a schema that no contract may use', async () => {
  const strange = await file(
    'strange',
    JSON.stringify({ ...published, $defs: { Card: { unevaluatedItems: true } } }),
  );
  const { code, err } = await run(await file('old', published), strange);
  expect(code).toBe(2);
  expect(err).toContain(
    'type "Card", at "": the keyword "unevaluatedItems" is not one that a contract may use',
  );
});
