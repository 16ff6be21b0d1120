/** Built chunks import those they need later by name alone, so that they are loaded side by side; it means nothing here. */
const withoutWarnings = (config) => ({ ...config, logOverride: { 'ignored-bare-import': 'silent' } });

/** Leaves out what is imported later, as `import()` does: a bundler makes files of their own of that. */
const withoutImportedLater = (config) => ({
  ...withoutWarnings(config),
  format: 'esm',
  plugins: [
    {
      name: 'imported-later',
      setup: ({ onResolve }) =>
        onResolve({ filter: /^/ }, ({ kind, path }) =>
          kind === 'dynamic-import' ? { path, external: true } : undefined,
        ),
    },
  ],
});

const REACT = '../packages/client/dist/react.js';
const CHAT_HOOKS = `{ ${[
  ...[
    'ChatProvider',
    'useAgentStream',
    'useChannel',
    'useChatClient',
    'useConnection',
    'useLogs',
    'useMessages',
  ],
  ...['usePresence', 'useSendMessage', 'useTyping'],
].join(', ')} }`;
const CLIENT = '../packages/client/dist/index.js';
const BOARD = 'packages/board/generated/index.js';
const PROTOCOL = '../packages/protocol/dist/index.js';
const RUNTIME = '../packages/contract/dist/runtime.js';
const SOCKET_IO = 'node_modules/socket.io-client/build/esm/index.js';

/** Budgets of what pages load, minified and gzipped; nothing that they need is left out. */
export default [
  {
    name: 'the client of a small contract: what a page loads at first',
    path: [CLIENT, BOARD],
    import: { [CLIENT]: '{ createContractClient }', [BOARD]: '{ board }' },
    modifyEsbuildConfig: withoutImportedLater,
    limit: '22.4 kB',
    gzip: true,
  },
  {
    name: 'the client of a contract with rooms: what a page loads at first',
    path: [CLIENT, BOARD],
    import: { [CLIENT]: '{ channels, createContractClient }', [BOARD]: '{ board }' },
    modifyEsbuildConfig: withoutImportedLater,
    limit: '27.9 kB',
    gzip: true,
  },
  {
    name: 'the client of a small contract with all that it may load later: streams, renewal, the lister of issues',
    path: [CLIENT, BOARD],
    import: { [CLIENT]: '{ createContractClient }', [BOARD]: '{ board }' },
    modifyEsbuildConfig: withoutWarnings,
    limit: '25 kB',
    gzip: true,
  },
  {
    name: 'the SDK: what a page loads at first',
    path: CLIENT,
    import: '{ createChatClient }',
    modifyEsbuildConfig: withoutImportedLater,
    limit: '36.5 kB',
    gzip: true,
  },
  {
    name: 'the SDK with all that it may load later: logs, streams, renewal, the lister of issues, dialects',
    path: CLIENT,
    import: '{ createChatClient }',
    modifyEsbuildConfig: withoutWarnings,
    limit: '49 kB',
    gzip: true,
  },
  {
    name: 'the protocol with its lister of issues, and socket.io-client',
    path: [PROTOCOL, SOCKET_IO],
    import: { [PROTOCOL]: '{ protocol }', [SOCKET_IO]: '{ io }' },
    limit: '18.5 kB',
    gzip: true,
  },
  {
    name: '@wirepact/contract/runtime',
    path: RUNTIME,
    import: '*',
    limit: '3.9 kB',
    gzip: true,
  },
  {
    name: 'the SDK and its React bindings: what a page loads at first',
    path: [CLIENT, REACT],
    import: { [CLIENT]: '{ createChatClient }', [REACT]: CHAT_HOOKS },
    modifyEsbuildConfig: withoutImportedLater,
    ignore: ['react'],
    limit: '38.9 kB',
    gzip: true,
  },
];
