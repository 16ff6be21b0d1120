import { type ServerHandle, type ServerSettings, startServer } from './server-handle';
import type { Variant } from './variant';

/** Runs `work` with a fresh server of every variant; they end with it, however it ends. */
export async function withServers<Result>(
  variants: readonly Variant[],
  settings: ServerSettings,
  work: (servers: ReadonlyMap<Variant, ServerHandle>) => Promise<Result>,
): Promise<Result> {
  const servers = new Map<Variant, ServerHandle>();
  try {
    for (const variant of variants) servers.set(variant, await startServer(variant, settings));
    return await work(servers);
  } finally {
    await Promise.all([...servers.values()].map((server) => server.stop()));
  }
}

/** The server of a variant. @throws Error where there is none. */
export function serverOf(servers: ReadonlyMap<Variant, ServerHandle>, variant: Variant): ServerHandle {
  const server = servers.get(variant);
  if (!server) throw new Error(`No server for ${variant}.`);
  return server;
}
