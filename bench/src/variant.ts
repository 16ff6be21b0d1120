/** Libraries of others, with which one would build the same: each as its own documentation does. */
export const RIVALS = ['plainWs', 'zodSockets', 'feathers', 'orpc', 'trpc'] as const;

/** Servers that are measured. */
export const VARIANTS = [
  'ours',
  'sqlite',
  'postgres',
  'plain',
  'echo',
  'feed',
  'answering',
  'plainAnswering',
  ...RIVALS,
  'node',
  'relay',
  'relayWorkers',
  'withDialects',
] as const;

/**
 * `ours`: the chat server with its store in memory; `sqlite`, `postgres`: the same with that store.
 * `plain`: Socket.IO with untyped handlers that show clients the same. `echo`: Socket.IO that only
 * acknowledges. `feed`: Socket.IO that sends messages of one channel, for a client to be measured.
 * `answering`: as `ours`, with an agent that says as many chunks as a message asks for. `plainAnswering`: as `plain`, and it
 * emits as many. `node`: as `postgres`, one of several that a Redis joins. `relay`: a contract's server that keeps nothing
 * and passes on what it is told; `relayWorkers`: workers of one. `withDialects`: as `ours`, and it takes clients of ElizaOS,
 * too.
 */
export type Variant = (typeof VARIANTS)[number];

export const isVariant = (name: string): name is Variant => (VARIANTS as readonly string[]).includes(name);
