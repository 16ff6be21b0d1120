import type { RequestHandler } from 'express';
import type { Logger } from 'pino';

const levelOf = (status: number) => (status >= 500 ? 'error' : status >= 400 ? 'warn' : 'debug');

/** Logs every request once it is answered: failures by how bad they are, the rest at debug. */
export function logRequests(logger: Logger): RequestHandler {
  const http = logger.child({ category: 'http' });
  return (request, response, next) => {
    const startedAt = performance.now();
    const { method, path } = request;
    response.once('finish', () => {
      const status = response.statusCode;
      const durationMs = Math.round(performance.now() - startedAt);
      const err: unknown = status >= 500 ? response.locals.cause : undefined;
      http[levelOf(status)]({ method, path, status, durationMs, err }, `${method} ${path} ${status}`);
    });
    next();
  };
}
