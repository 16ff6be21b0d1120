import { type ServerHandle, startServer } from './server-handle';
import type { Variant } from './variant';

/** Runs `work` with a fresh server of every variant; they end with it, however it ends. */
export async function withServers<Result>(
  variants: readonly Variant[],
  nodeOptions: readonly string[],
  work: (servers: ReadonlyMap<Variant, ServerHandle>) => Promise<Result>,
): Promise<Result> {
  const servers = new Map<Variant, ServerHandle>();
  try {
    for (const variant of variants) servers.set(variant, await startServer(variant, nodeOptions));
    return await work(servers);
  } finally {
    await Promise.all([...servers.values()].map((server) => server.stop()));
  }
}
