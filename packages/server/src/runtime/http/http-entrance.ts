import type { IncomingMessage } from 'node:http';
import { WirepactError } from '@wirepact/contract/runtime';
import { createAddressOf, createProxyTrust, type TrustProxy } from '../transport/client-address';
import { type CorsOrigin, createOriginCheck, namesOrigins } from '../transport/origin-check';

/** What requests of HTTP are let in by: the options of the sockets beside them. */
export interface HttpEntranceOptions {
  readonly corsOrigin: CorsOrigin | undefined;
  /** Whether requests of pages of foreign origins are refused. */
  readonly checksOrigin: boolean;
  readonly trustProxy: TrustProxy;
}

/** Says who sent a request, and what pages may read of the answer. */
export interface HttpEntrance {
  readonly addressOf: (request: IncomingMessage) => string;
  /** The headers of CORS for an answer; empty where no page of another origin may read it. */
  corsHeadersOf(request: IncomingMessage): Readonly<Record<string, string>>;
  /** @throws WirepactError `FORBIDDEN` where a page of a foreign origin sent it. */
  checkOrigin(request: IncomingMessage): void;
}

const ALLOWED = {
  'access-control-allow-methods': 'GET, POST, PATCH, DELETE',
  'access-control-allow-headers': 'authorization, content-type, x-api-key, x-entity-id',
} as const;

/** The entrance of requests beside a server's sockets, which lets in the pages that those do. */
export function createHttpEntrance({
  corsOrigin,
  checksOrigin,
  trustProxy,
}: HttpEntranceOptions): HttpEntrance {
  const trusts = createProxyTrust(trustProxy);
  const foreignOriginOf = createOriginCheck(trusts);
  return {
    addressOf: createAddressOf(trusts),

    corsHeadersOf(request) {
      const { origin } = request.headers;
      const headers: Record<string, string> = {};
      if (corsOrigin === undefined) return headers;
      headers.vary = 'Origin';
      if (origin === undefined || foreignOriginOf(request, corsOrigin) !== undefined) return headers;
      if (namesOrigins(corsOrigin)) headers['access-control-allow-credentials'] = 'true';
      return Object.assign(headers, ALLOWED, { 'access-control-allow-origin': origin });
    },

    checkOrigin(request) {
      const origin = checksOrigin ? foreignOriginOf(request, corsOrigin) : undefined;
      if (origin === undefined) return;
      throw new WirepactError('FORBIDDEN', `Pages of the origin ${origin.slice(0, 200)} may not ask here.`);
    },
  };
}
