import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toContractDocument } from '@wirepact/cli';
import { defineContract, defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { greet, startPlain } from '../test-plain-server';
import { runCommand } from './main';

const said: string[] = [];
const io = {
  out: (text: string) => said.push(text),
  err: (text: string) => said.push(text),
  progress: (line: string) => said.push(line),
};
const run = (...args: string[]) => runCommand(args, io);
const DOCUMENT = ['--profile', 'document', '--transport', 'websocket'];
beforeEach(() => {
  said.length = 0;
});

function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('it ends with 0 where the server keeps to every rule', async () => {
  expect(await run(await startPlain(greet), ...DOCUMENT, '--rule', 'CONN-5', '--rule', 'CONN-6')).toBe(0);
  expect(said[0]).toMatch(/^1\/2 websocket CONN-5 /);
  expect(said.at(-1)).toMatch(/: 2 passed \(seed 1\)$/);
});

test('it ends with 1 where it does not, and says why', async () => {
  const url = await startPlain((socket) => socket.emit('connection_established', {}));
  expect(await run(url, ...DOCUMENT, '--rule', 'CONN-5')).toBe(1);
  expect(said.at(-1)).toContain('connection_established.message is nothing, not');
});

test('it ends with 2 where nothing could be found out', async () => {
  expect(await run(await startPlain(greet), ...DOCUMENT, '--rule', 'NO-1')).toBe(2);
  expect(await run(await startPlain(greet), ...DOCUMENT, '--rule', 'CONN-9', '--max-events', '0')).toBe(2);
});

test('what is wrong with how it is called is told, with how it is used', async () => {
  expect(await run('localhost')).toBe(2);
  expect(said[0]).toMatch(/^INVALID_OPTIONS: "localhost" is no address[\s\S]*--profile/);
  expect(await run('http://[')).toBe(2);
  expect(said[1]).toMatch(/^INVALID_OPTIONS: "http:\/\/\[" is no address[\s\S]*--profile/);
  expect(await run('http://localhost:1', '--unknown')).toBe(2);
  expect(await run('http://localhost:1', '--contract', '/no/such/schema.json')).toBe(2);
  expect(said.at(-1)).toMatch(/^INVALID_CONTRACT: /);
});

test.each(['http://127.0.0.1:1', 'ws://[::1]:1', 'http://no-such-host.invalid'])(
  'a server that is not there is told once: %s',
  async (url) => {
    expect(await run(url)).toBe(2);
    expect(said).toEqual([
      expect.stringMatching(
        /^CONNECTION_FAILED: Nobody can be reached at .*E[A-Z_]+.*Is the server running\?$/,
      ),
    ]);
  },
);

test('help is help', async () => {
  expect(await run('--help')).toBe(0);
  expect(said[0]).toMatch(/^conformance <url>/);
});

test('rules are listed without a server', async () => {
  expect(await run('--rules')).toBe(0);
  expect(said[0]).toMatch(/^✓ JOIN-8 +document \d/m);
  expect(said[0]).toMatch(/rules are checked from outside/);
});

test('reports are written into files', async () => {
  const folder = createFolder();
  const file = (name: string) => join(folder, name);
  const files = ['--json', file('r.json'), '--junit', file('r.xml'), '--markdown', file('r.md')];
  const url = await startPlain(greet);
  expect(await run(url, ...DOCUMENT, '--rule', 'CONN-5', ...files)).toBe(0);
  expect(JSON.parse(readFileSync(file('r.json'), 'utf8'))).toMatchObject({
    url,
    seed: 1,
    results: [{ rule: 'CONN-5' }],
  });
  expect(readFileSync(file('r.xml'), 'utf8')).toContain('<testcase');
  expect(readFileSync(file('r.md'), 'utf8')).toContain('| CONN-5 |');
});

test('a report that cannot be written is told, after what was found out', async () => {
  const url = await startPlain(greet);
  expect(await run(url, ...DOCUMENT, '--rule', 'CONN-5', '--junit', '/no/such/folder/r.xml')).toBe(2);
  expect(said.at(-2)).toMatch(/: 1 passed \(seed 1\)$/);
  expect(said.at(-1)).toMatch(
    /^INVALID_OPTIONS: --junit \/no\/such\/folder\/r\.xml cannot be written: ENOENT/,
  );
});

test('a contract is read from its document, or from the folder that it was built into', async () => {
  const contract = defineContract({
    name: 'shop',
    version: '1.0.0',
    clientToServer: {
      order: defineEvent({ description: 'Orders.', payload: Type.Object({ id: Type.String() }) }),
    },
    serverToClient: {},
  });
  const folder = createFolder();
  writeFileSync(join(folder, 'schema.json'), JSON.stringify(toContractDocument(contract)));
  for (const path of [folder, join(folder, 'schema.json')]) {
    said.length = 0;
    expect(await run('--rules', '--contract', path)).toBe(0);
    expect(said[0]).toMatch(/^✓ CALL-2 +contract \d+/m);
  }
});
