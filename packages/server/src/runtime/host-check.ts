import { WirepactError } from '@wirepact/contract/runtime';

const hasMethod = (value: unknown, name: string): boolean =>
  (typeof value === 'object' || typeof value === 'function') &&
  value !== null &&
  typeof Reflect.get(value, name) === 'function';

const isHttpServer = (value: unknown) =>
  typeof value === 'object' && ['listeners', 'address', 'close'].every((name) => hasMethod(value, name));

/** A namespace of a Socket.IO server. */
const isNamespace = (value: unknown) =>
  typeof value === 'object' && hasMethod(value, 'fetchSockets') && hasMethod(value, 'use');

/** What to pass in place of something that is often passed and is no server. */
function findAdvice(host: unknown, ownServer: string): string {
  if (typeof host === 'number' || typeof host === 'string') return ownServer;
  if (typeof host === 'function' && hasMethod(host, 'listen'))
    return 'of an Express app pass what app.listen() returns, or createServer(app)';
  if (typeof host === 'object' && host !== null && isHttpServer(Reflect.get(host, 'server')))
    return 'of a Fastify app pass app.server';
  if (hasMethod(host, 'then')) return 'this is a promise of something: await it first';
  return 'pass an http or https server, or a Socket.IO server';
}

/**
 * Refuses what nothing can be attached to. `attach` is the function that was called, `ownServer` says what to call for
 * a server without a host.
 * @throws WirepactError `INVALID_OPTIONS` with what to pass instead.
 */
export function checkHost(host: unknown, attach: string, ownServer: string): void {
  if (hasMethod(host, 'of') || isNamespace(host) || isHttpServer(host)) return;
  throw new WirepactError(
    'INVALID_OPTIONS',
    `${attach} needs a server to attach to: ${findAdvice(host, ownServer)}.`,
  );
}
