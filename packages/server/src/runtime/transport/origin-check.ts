import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { WirepactError } from '@wirepact/contract/runtime';
import type { Logger } from 'pino';
import { type ProxyTrust, socketAddressOf } from './client-address';

/** Origins as Socket.IO's `cors.origin` takes them: one, several, patterns, `true` or `'*'` for any, `false` for none. */
export type CorsOrigin = boolean | string | RegExp | (string | RegExp)[];

/** Different origins that are logged; nobody fills the log by making some up. */
const MAX_LOGGED = 50;
const MAX_LOGGED_LENGTH = 200;

const isAny = (allowed: CorsOrigin) => allowed === true || allowed === '*';

/** Whether pages of these origins are named, one by one or by a pattern: their cookies may come along then. */
export const namesOrigins = (
  allowed: CorsOrigin | undefined,
): allowed is string | RegExp | (string | RegExp)[] =>
  allowed !== undefined && typeof allowed !== 'boolean' && !isAny(allowed);

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

/** @throws WirepactError `INVALID_OPTIONS` where a text is no origin, such as one that ends with a slash. */
export function checkCorsOrigin(allowed: CorsOrigin | undefined): void {
  for (const entry of [allowed].flat()) {
    if (typeof entry !== 'string' || entry === '*' || entry === 'null' || isOrigin(entry)) continue;
    const message = `corsOrigin must name origins such as "https://app.example", without a path or a slash at the end, not ${JSON.stringify(entry)}.`;
    throw new WirepactError('INVALID_OPTIONS', message);
  }
}

function matches(entry: boolean | string | RegExp, origin: string): boolean {
  // `search` does not mind where a pattern with the flag `g` stopped last.
  return entry instanceof RegExp
    ? origin.search(entry) !== -1
    : entry === true || entry === '*' || entry === origin;
}

/**
 * Host and port that an origin stands for; the default port of its scheme is left out, as browsers do. Some, such as
 * `file://`, stand for none.
 */
const hostOf = (origin: string): string | undefined =>
  (URL.canParse(origin) && new URL(origin).host) || undefined;

/** `host` as the same URL would have it. */
function normalizeHost(host: string, origin: string): string | undefined {
  const url = `${origin.slice(0, origin.indexOf(':'))}://${host.trim()}`;
  return URL.canParse(url) ? new URL(url).host : undefined;
}

/** Hosts by which the client may know this server. */
function ownHosts(headers: IncomingHttpHeaders, isProxyTrusted: boolean): string[] {
  const forwarded = isProxyTrusted ? headers['x-forwarded-host'] : undefined;
  // HTTP/2 has a field of its own in place of `host`.
  return [headers.host ?? String(headers[':authority'] ?? ''), ...String(forwarded ?? '').split(',')];
}

/** Says of requests whether a page of a foreign origin sent them. */
export type OriginCheck = (request: IncomingMessage, allowed: CorsOrigin | undefined) => string | undefined;

/**
 * Finds the foreign origin of a request: one that is neither the server's own nor allowed. Who is no browser sends none.
 */
export function createOriginCheck(trusts: ProxyTrust): OriginCheck {
  return (request, allowed) => {
    const { origin } = request.headers;
    if (origin === undefined) return undefined;
    if ([allowed ?? false].flat().some((entry) => matches(entry, origin))) return undefined;
    const host = hostOf(origin);
    const hosts = ownHosts(request.headers, trusts(socketAddressOf(request), 0));
    const isOwn = host !== undefined && hosts.some((own) => normalizeHost(own, origin) === host);
    return isOwn ? undefined : origin;
  };
}

/** Logs foreign origins, each once, with the option that would let them in. */
export function createOriginLog(logger: Logger): (origin: string) => void {
  const logged = new Set<string>();
  return (origin) => {
    const shown = origin.slice(0, MAX_LOGGED_LENGTH);
    if (logged.has(shown) || logged.size >= MAX_LOGGED) return;
    logged.add(shown);
    logger.warn(
      { category: 'connection', origin: shown },
      `a page of another origin may not connect; if it is yours, start the server with corsOrigin: [${JSON.stringify(shown)}]`,
    );
  };
}
