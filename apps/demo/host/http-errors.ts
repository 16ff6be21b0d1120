import { WirepactError } from '@wirepact/contract/runtime';
import type { ErrorRequestHandler, RequestHandler } from 'express';

const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  INVALID_PAYLOAD: 400,
  INVALID_UUID: 400,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CHANNEL_NOT_FOUND: 404,
  MESSAGE_NOT_FOUND: 404,
  PAYLOAD_TOO_LARGE: 413,
  RATE_LIMITED: 429,
  CHANNEL_LIMIT_REACHED: 503,
  STORE_UNAVAILABLE: 503,
  UNAVAILABLE: 503,
};

/** The status of an error that Express or its body parser made itself, such as 400 for broken JSON. */
function clientStatusOf(cause: unknown): number | undefined {
  if (typeof cause !== 'object' || cause === null) return undefined;
  const status: unknown = Reflect.get(cause, 'status');
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}

function toError(cause: unknown): { status: number; error: WirepactError } {
  if (cause instanceof WirepactError) return { status: STATUS_BY_CODE[cause.code] ?? 500, error: cause };
  const status = clientStatusOf(cause);
  if (status === 413) {
    return { status, error: new WirepactError('PAYLOAD_TOO_LARGE', 'The body is too large.') };
  }
  if (status) return { status, error: new WirepactError('INVALID_PAYLOAD', 'The request cannot be read.') };
  return { status: 500, error: new WirepactError('INTERNAL', 'The server failed.', { retryable: true }) };
}

/** Answers whatever a route throws as `{ error: { code, message } }`; what is not for strangers stays here. */
export const answerError: ErrorRequestHandler = (cause, _request, response, next) => {
  if (response.headersSent) return next(cause);
  const { status, error } = toError(cause);
  response.locals.cause = cause;
  response.status(status).json({ error: error.toWire() });
};

/** Answers a route of the API that there is not. */
export const answerUnknownRoute: RequestHandler = (request) => {
  throw new WirepactError(
    'NOT_FOUND',
    `There is no ${request.method} ${request.baseUrl}${request.path} here.`,
  );
};
