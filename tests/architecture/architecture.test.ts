import { describe, expect, test } from 'vitest';
import { findCycle, type Import, layerOf, listSources, readImports } from './import-graph';

const PACKAGES = ['contract', 'cli', 'protocol', 'server', 'client', 'conformance'] as const;
const sources = PACKAGES.flatMap((name) => listSources(`packages/${name}/src`));
const imports = readImports(sources);
const valueImports = imports.filter(({ isTypeOnly }) => !isTypeOnly);

const packageOf = (path: string) => path.split('/')[1];
const show = ({ from, specifier }: Import) => `${from} imports ${specifier}`;
const filesImporting = (specifier: string) => [
  ...new Set(valueImports.filter((one) => one.specifier === specifier).map(({ from }) => from)),
];

test('the graph is read: it has the files and edges one can see', () => {
  expect(sources.length).toBeGreaterThan(60);
  expect(valueImports).toContainEqual(
    expect.objectContaining({
      from: 'packages/server/src/runtime/serve.ts',
      to: 'packages/server/src/runtime/gateway/gateway.ts',
    }),
  );
});

test('every import of ours is found', () => {
  const lost = imports.filter(
    ({ specifier, to }) =>
      /^(\.|@wirepact)/.test(specifier) && !/\/generated\//.test(specifier) && !sources.includes(to ?? ''),
  );
  expect(lost.map(show)).toEqual([]);
});

test('there is no cycle among imports, those of types alone included', () => {
  expect(findCycle(imports)).toBeUndefined();
});

test('a cycle would be found', () => {
  const edges = [
    { from: 'a', to: 'b' },
    { from: 'b', to: 'c' },
    { from: 'c', to: 'b' },
  ];
  expect(findCycle(edges)).toEqual(['b', 'c', 'b']);
});

test.each([
  ['contract', []],
  ['cli', ['contract']],
  ['protocol', ['contract']],
  ['server', ['contract', 'protocol']],
  ['client', ['contract', 'protocol']],
  ['conformance', ['contract', 'cli']],
])('%s builds on %j of ours', (name, allowed) => {
  const reached = imports
    .filter(({ from, to }) => to && packageOf(from) === name && packageOf(to) !== name)
    .map(({ to = '' }) => packageOf(to));
  expect([...new Set(reached)].filter((other) => !allowed.includes(other ?? ''))).toEqual([]);
});

test('one file of the server knows Socket.IO, one of the client its client; beside them only the judge and the mock', () => {
  expect(filesImporting('socket.io')).toEqual([
    'packages/server/src/runtime/transport/socket-io.ts',
    'packages/conformance/src/mock/open-server.ts',
  ]);
  expect(filesImporting('socket.io-client')).toEqual([
    'packages/client/src/runtime/connection/connection.ts',
    'packages/conformance/src/check/trial.ts',
    'packages/conformance/src/mock/record-session.ts',
  ]);
});

/** Modules of others that are loaded with a file, whichever of ours they are imported by at once. */
function listLoaded(entry: string): string[] {
  const loaded = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const { from, to, specifier } of valueImports) {
      if (from !== file) continue;
      if (to) visit(to);
      else if (!/^(?:\.|node:)/.test(specifier)) loaded.add(specifier);
    }
  };
  visit(entry);
  return [...loaded].sort();
}

test('a server loads what every server needs, and what its store needs once there is one that does', () => {
  expect(listLoaded('packages/server/src/index.ts')).toEqual([
    'pino',
    'proxy-addr',
    'semver/functions/satisfies.js',
    'semver/ranges/valid.js',
    'socket.io',
    'socket.io-adapter',
    'socket.io-parser',
  ]);
  expect(listLoaded('packages/server/src/chat/store/sqlite-store.ts')).toContain('kysely');
});

test('the bindings alone know React, and nothing of the client needs them', () => {
  const isOfBindings = (path = '') => path.startsWith('packages/client/src/react/');
  expect(filesImporting('react').filter((path) => !isOfBindings(path))).toEqual([]);
  expect(imports.filter(({ from, to }) => isOfBindings(to) && !isOfBindings(from)).map(show)).toEqual([]);
});

test('the contract kit says no word of chat', () => {
  const isForeign = ({ specifier }: Import) => !/^(\.|typebox|@standard-schema\/spec$)/.test(specifier);
  expect(readImports(listSources('packages/contract/src')).filter(isForeign)).toEqual([]);
});

test('what serves any contract says no word of chat', () => {
  const runtime = imports.filter(({ from }) => from.startsWith('packages/server/src/runtime/'));
  expect(runtime.length).toBeGreaterThan(50);
  const isChat = ({ specifier, to = '' }: Import) =>
    specifier.startsWith('@wirepact/protocol') || to.startsWith('packages/server/src/chat/');
  expect(runtime.filter(isChat).map(show)).toEqual([]);
});

/** What every layer of the server may import: it looks at what a host passes, and at what a host’s own does, and copies it. */
const SERVER_BASE = [
  'at-once',
  'call-checks',
  'contract-check',
  'is-promise',
  'json-copy',
  'option-checks',
  'own-error',
  'steady-logger',
].map((file) => `runtime/${file}`);

/** What each layer of a package may import besides itself; the composition root imports anything. */
const LAYERS: Record<string, Record<string, string[]>> = {
  server: {
    'runtime/ports': [],
    'runtime/feed': ['runtime/ports'],
    'runtime/dialects': ['runtime/ports'],
    'runtime/http': ['runtime/ports', 'runtime/transport'],
    'runtime/transport': ['runtime/ports'],
    'runtime/scale-out': ['runtime/ports'],
    'runtime/gateway': ['runtime/ports'],
    'runtime/streams': ['runtime/ports', 'runtime/gateway'],
    'runtime/session': ['runtime/ports', 'runtime/gateway', 'runtime/streams'],
    'chat/ports': ['runtime/ports'],
    'runtime/presence': ['runtime/ports'],
    'runtime/channels': ['runtime/ports', 'runtime/feed', 'runtime/gateway', 'runtime/presence'],
    'chat/store': ['chat/ports', 'runtime/ports'],
    'chat/logs': [],
    'chat/services': [
      ...['chat/ports', 'chat/logs'],
      ...['runtime/ports', 'runtime/feed', 'runtime/presence', 'runtime/channels'],
    ],
    'chat/elizaos': ['chat/ports', 'chat/services', 'runtime/ports', 'runtime/dialects', 'runtime/http'],
    'chat/handlers': ['chat/ports', 'chat/services', 'runtime/ports', 'runtime/channels'],
  },
  client: {
    'runtime/base': [],
    'runtime/connection': ['runtime/base'],
    'runtime/request': ['runtime/base', 'runtime/connection'],
    'runtime/stream': ['runtime/base', 'runtime/connection', 'runtime/request'],
    'runtime/outbox': ['runtime/base', 'runtime/connection'],
    'runtime/presence': ['runtime/base', 'runtime/request'],
    'runtime/channel': [
      ...['runtime/base', 'runtime/connection', 'runtime/request', 'runtime/outbox', 'runtime/presence'],
    ],
    'chat/channel': [
      ...['runtime/base', 'runtime/connection', 'runtime/request', 'runtime/outbox', 'runtime/channel'],
      'runtime/presence',
      ...['chat/chat-contract', 'chat/chat-error'],
    ],
    'chat/logs': [
      ...['runtime/base', 'runtime/connection', 'runtime/request', 'runtime/stream'],
      ...['chat/chat-contract', 'chat/chat-error'],
    ],
    'chat/dialects': ['runtime/base', 'runtime/connection', 'runtime/request', 'chat/chat-error'],
  },
};

const insideOf = (name: string) =>
  imports.filter(({ from, to }) => to && packageOf(from) === name && packageOf(to) === name);

test('in the tools, what emits and what compares know nothing of each other, and neither of the command line', () => {
  const below: Record<string, string[]> = { emit: ['diff', 'cli'], diff: ['emit', 'cli'] };
  const tools = insideOf('cli');
  expect([...new Set(tools.map(({ from }) => layerOf(from)))]).toEqual(
    expect.arrayContaining(['cli', ...Object.keys(below)]),
  );
  const wrong = tools.filter(({ from, to = '' }) => below[layerOf(from)]?.includes(layerOf(to)));
  expect(wrong.map(show)).toEqual([]);
});

test('in the client, the runtime knows no word of the chat', () => {
  const runtime = imports.filter(({ from }) => from.startsWith('packages/client/src/runtime/'));
  expect(runtime.length).toBeGreaterThan(50);
  const wrong = runtime.filter(
    ({ specifier, to }) =>
      /^@wirepact\/protocol/.test(specifier) || to?.startsWith('packages/client/src/chat/'),
  );
  expect(wrong.map(show)).toEqual([]);
});

test('what every layer of the server may import, imports none of them', () => {
  const base = insideOf('server').filter(({ from }) => SERVER_BASE.includes(layerOf(from)));
  expect(new Set(base.map(({ from }) => layerOf(from))).size).toBeGreaterThan(2);
  const wrong = base.filter(({ to = '' }) => ![...SERVER_BASE, 'runtime/nearest-name'].includes(layerOf(to)));
  expect(wrong.map(show)).toEqual([]);
});

describe.each(Object.entries(LAYERS))('in the %s', (name, layers) => {
  test.each(Object.entries(layers))('%s imports only %j', (layer, allowed) => {
    const wrong = insideOf(name).filter(
      ({ from, to = '' }) =>
        layerOf(from) === layer &&
        layerOf(to) !== layer &&
        ![...SERVER_BASE, ...allowed].includes(layerOf(to)),
    );
    expect(wrong.map(show)).toEqual([]);
  });

  test('every folder has its rule', () => {
    const folders = sources
      .filter((path) => packageOf(path) === name && /\/src\/(?:runtime|chat)\/.+\//.test(path))
      .map((path) => layerOf(path));
    expect([...new Set(folders)].toSorted()).toEqual(Object.keys(layers).toSorted());
  });
});

test('no file is called utils, helpers, types, common or misc', () => {
  expect(sources.filter((path) => /\/(utils?|helpers?|types|common|misc)\.tsx?$/.test(path))).toEqual([]);
});
