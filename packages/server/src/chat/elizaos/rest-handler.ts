import type { IncomingMessage, ServerResponse } from 'node:http';
import { WirepactError } from '@wirepact/contract/runtime';
import { ZERO_UUID } from '@wirepact/protocol';
import type { Logger } from 'pino';
import { fieldsOf } from '../../runtime/dialects/fields-of';
import type { HttpEntrance } from '../../runtime/http/http-entrance';
import { readJsonBody } from '../../runtime/http/read-json-body';
import type { Handshake } from '../../runtime/ports/identity';
import {
  createChannel,
  deleteChannel,
  findDmChannel,
  getChannel,
  getParticipants,
  listChannels,
  updateChannel,
} from './rest-channels';
import { clearMessages, deleteMessage, listMessages } from './rest-messages';
import type { RestAnswer, RestCaller, RestRequest, RestServices } from './rest-request';

/** Answers requests of HTTP; `next`, where it is given, those of other paths and methods. */
export type RestHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  next?: (error?: unknown) => void,
) => void;

/** What the handler is made of. */
export interface RestHandlerDeps {
  readonly services: RestServices;
  readonly entrance: HttpEntrance;
  /** Lets whoever sent a request ask. */
  readonly call: (handshake: Handshake) => Promise<RestCaller & { end(): void }>;
  readonly logger: Logger;
}

/** Where ElizaOS has these routes. */
const PREFIX = '/api/messaging';
const BODY_LIMITS = { maxBytes: 128 * 1024, timeoutMs: 10_000 };
/** Milliseconds that an answer is kept while nobody reads it. */
const UNREAD_TIMEOUT_MS = 5_000;
/** Longest URL that is looked at, in characters. */
const MAX_URL_LENGTH = 4_096;

const servers = async ({ caller }: RestRequest): Promise<RestAnswer> => {
  await caller.ask('heartbeat', undefined);
  const messageServers = [
    { id: ZERO_UUID, name: 'Default Server', sourceType: 'eliza_default', metadata: {} },
  ];
  return { status: 200, data: { messageServers } };
};

const CHANNEL = '/channels/([^/]+)';

type Route = readonly [
  method: string,
  path: RegExp,
  answer: (request: RestRequest) => Promise<RestAnswer> | RestAnswer,
];

/** Every route there is. */
const ROUTES: readonly Route[] = (
  [
    ['GET', '/message-servers', servers],
    ['GET', '/message-servers/([^/]+)/channels', listChannels],
    ['GET', '/dm-channel', findDmChannel],
    ['POST', '/channels', createChannel],
    ['GET', CHANNEL, getChannel],
    ['GET', `${CHANNEL}/details`, getChannel],
    ['GET', `${CHANNEL}/participants`, getParticipants],
    ['PATCH', CHANNEL, updateChannel],
    ['DELETE', CHANNEL, deleteChannel],
    ['GET', `${CHANNEL}/messages`, listMessages],
    ['DELETE', `${CHANNEL}/messages`, clearMessages],
    ['DELETE', `${CHANNEL}/messages/([^/]+)`, deleteMessage],
  ] as const
).map(([method, path, answer]) => [method, new RegExp(`^${path}/?$`), answer]);

/** The status of HTTP for a code; what may be tried again has 503, everything else 400. */
const STATUSES: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  CHANNEL_NOT_FOUND: 404,
  MESSAGE_NOT_FOUND: 404,
  TIMEOUT: 408,
  PAYLOAD_TOO_LARGE: 413,
  RATE_LIMITED: 429,
  INTERNAL: 500,
};

/** What Express adds to a request: the part of the path that the handler is mounted at, which `url` is without. */
interface MountedRequest extends IncomingMessage {
  readonly baseUrl?: string;
}

/** The path that routes have, of one below the prefix; `undefined` for any other, which may be a route of the host's. */
function toRoutePath({ baseUrl = '' }: MountedRequest, pathname: string): string | undefined {
  if (baseUrl.endsWith(PREFIX)) return pathname;
  return pathname.startsWith(`${PREFIX}/`) ? pathname.slice(PREFIX.length) : undefined;
}

/** The URL of a request; `undefined` where it is none. */
function readUrl({ url = '' }: IncomingMessage): URL | undefined {
  const given = url.length <= MAX_URL_LENGTH ? `http://localhost${url}` : '';
  return URL.canParse(given) ? new URL(given) : undefined;
}

/** What a request says of who sends it. Pages of ElizaOS name nobody besides the key: they are all of one entity then. */
function toHandshake(request: IncomingMessage, query: URLSearchParams, address: string): Handshake {
  const { headers } = request;
  const [, token] = /^Bearer (.+)$/i.exec(headers.authorization ?? '') ?? [];
  const entityId = headers['x-entity-id'] ?? query.get('currentUserId') ?? ZERO_UUID;
  const apiKey = headers['x-api-key'];
  return {
    auth: { ...(token !== undefined && { token }), ...(apiKey !== undefined && { apiKey }), entityId },
    query: Object.fromEntries(query),
    headers,
    address,
  };
}

/** Writes an answer; Node leaves out the body where it is one to HEAD, and keeps its headers. */
function write(response: ServerResponse, status: number, body: object | undefined): void {
  // Node would keep an answer that nobody reads for ever.
  response.setTimeout(UNREAD_TIMEOUT_MS, () => response.destroy());
  const text = body && JSON.stringify(body);
  if (text !== undefined) {
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.setHeader('content-length', Buffer.byteLength(text));
  }
  response.writeHead(status).end(text);
}

class RestApi {
  constructor(private readonly deps: RestHandlerDeps) {}

  /** Answers a request of one of the routes; whatever happens, it is answered, unless the host has done so meanwhile. */
  async answer(request: IncomingMessage, response: ServerResponse, route: Found): Promise<void> {
    try {
      const { status, data } = await this.run(request, route);
      if (!response.headersSent)
        write(response, status, status === 204 ? undefined : { success: true, data });
    } catch (cause) {
      this.fail(request, response, cause);
    }
  }

  private async run(request: IncomingMessage, { answer, ids, query }: Found): Promise<RestAnswer> {
    const { entrance, call, services } = this.deps;
    entrance.checkOrigin(request);
    const caller = await call(toHandshake(request, query, entrance.addressOf(request)));
    try {
      const hasBody = request.method === 'POST' || request.method === 'PATCH';
      const body = hasBody ? fieldsOf(await readJsonBody(request, BODY_LIMITS)) : {};
      return await answer({ caller, services, ids, query, body });
    } finally {
      caller.end();
    }
  }

  private fail(request: IncomingMessage, response: ServerResponse, cause: unknown): void {
    const isKnown = cause instanceof WirepactError;
    // A query may have credentials in it.
    const [path] = (request.url ?? '').split('?');
    if (!isKnown) this.deps.logger.error({ err: cause, path }, 'a request could not be answered');
    if (response.headersSent) return;
    const { code, message, retryable, retryAfterMs } = isKnown
      ? cause
      : new WirepactError('INTERNAL', 'The server failed to answer this request.', { retryable: true });
    if (retryAfterMs !== undefined) response.setHeader('retry-after', String(Math.ceil(retryAfterMs / 1000)));
    // The rest of a body that nobody reads would be taken for the next request.
    if (!request.complete) response.setHeader('connection', 'close');
    const status = (Object.hasOwn(STATUSES, code) ? STATUSES[code] : undefined) ?? (retryable ? 503 : 400);
    write(response, status, { success: false, error: message, code });
  }
}

/** A route, and what a request has for it. */
interface Found extends Pick<RestRequest, 'ids' | 'query'> {
  readonly answer: Route[2];
}

/** A path that there is, with what it can be asked for: another method than these was asked. */
interface OtherMethod {
  /** As the header `Allow` has them. */
  readonly allowed: string;
}

/** The methods that the routes of a path answer: HEAD as GET, and OPTIONS with what there is. */
const allowedOf = (routes: readonly Route[]): string =>
  [...routes.flatMap(([method]) => (method === 'GET' ? ['GET', 'HEAD'] : [method])), 'OPTIONS'].join(', ');

/** The route of a request; `undefined` where its path has none. */
function findRoute(request: IncomingMessage): Found | OtherMethod | undefined {
  const url = readUrl(request);
  if (!url) return undefined;
  const path = toRoutePath(request, url.pathname);
  if (path === undefined) return undefined;
  const matching = ROUTES.filter(([, pattern]) => pattern.test(path));
  if (matching.length === 0) return undefined;
  const asked = request.method === 'HEAD' ? 'GET' : request.method;
  const route = matching.find(([method]) => method === asked);
  if (!route) return { allowed: allowedOf(matching) };
  const [, pattern, answer] = route;
  const [, ...ids] = pattern.exec(path) ?? [];
  return { answer, ids, query: url.searchParams };
}

/** Says what a path can be asked for: to OPTIONS, with which a page asks whether it may, or in refusing another method. */
function refuseMethod({ method }: IncomingMessage, response: ServerResponse, { allowed }: OtherMethod): void {
  response.setHeader('allow', allowed);
  if (method === 'OPTIONS') write(response, 204, undefined);
  else write(response, 405, { success: false, error: `This route is for ${allowed}.` });
}

/** The REST side of ElizaOS, on the services and by the rules of the sockets. */
export function createRestHandler(deps: RestHandlerDeps): RestHandler {
  const api = new RestApi(deps);
  return (request, response, next) => {
    const route = findRoute(request);
    const isAnswered = route && ('answer' in route || request.method === 'OPTIONS');
    // It may be a route of the host's.
    if (!isAnswered && next) {
      next();
      return;
    }
    for (const [name, value] of Object.entries(deps.entrance.corsHeadersOf(request)))
      response.setHeader(name, value);
    if (!route) write(response, 404, { success: false, error: 'There is no such route.' });
    else if ('answer' in route) void api.answer(request, response, route);
    else refuseMethod(request, response, route);
  };
}
