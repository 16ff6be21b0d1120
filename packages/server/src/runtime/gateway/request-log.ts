import type { Logger } from 'pino';
import type { Peer, Request } from './request';

/** An event that the contract does not have is named by whoever sent it. */
const MAX_NAME_LENGTH = 100;

/** What a line says of a request. */
type LoggedRequest = Pick<Request<never>, 'event' | 'cameAt'> & {
  readonly peer: Pick<Peer<never>, 'connection'>;
};

/**
 * Notes at the level `debug` what became of each event, whose it was and how long it took. While that level is off it
 * reads no clock and makes no object.
 */
export class RequestLog {
  constructor(private readonly logger: Pick<Logger, 'debug' | 'isLevelEnabled'>) {}

  /** When a request comes; `undefined` where no line will be written about it. */
  now(): number | undefined {
    return this.logger.isLevelEnabled('debug') ? performance.now() : undefined;
  }

  handled(request: LoggedRequest): void {
    if (request.cameAt === undefined) return;
    this.logger.debug(this.fieldsOf(request, request.cameAt), `handled ${request.event}`);
  }

  refused(request: LoggedRequest, code: string): void {
    if (request.cameAt === undefined) return;
    const fields = this.fieldsOf(request, request.cameAt);
    this.logger.debug({ ...fields, code }, `refused ${fields.event}: ${code}`);
  }

  abandoned(request: LoggedRequest): void {
    if (request.cameAt === undefined) return;
    const fields = this.fieldsOf(request, request.cameAt);
    this.logger.debug(fields, `${fields.event} was abandoned: its sender is gone`);
  }

  private fieldsOf({ event, peer: { connection } }: LoggedRequest, cameAt: number) {
    const ms = Math.round((performance.now() - cameAt) * 100) / 100;
    return {
      event: event.slice(0, MAX_NAME_LENGTH),
      ...(connection.identity && { entityId: connection.identity.entityId }),
      connectionId: connection.id,
      ms,
    };
  }
}
