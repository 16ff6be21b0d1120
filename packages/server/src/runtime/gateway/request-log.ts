import type { Logger } from 'pino';
import type { ServerMeter } from '../ports/metrics';
import type { Peer, Request } from './request';

/** An event that the contract does not have is named by whoever sent it. */
const MAX_NAME_LENGTH = 100;

/** What a line says of a request. */
type LoggedRequest = Pick<Request<never>, 'event' | 'cameAt' | 'trace'> & {
  readonly peer: Pick<Peer<never>, 'connection'>;
  readonly route: Pick<Request<never>['route'], 'definition'>;
};

/**
 * Notes what became of each event and how long it took: for the meter where there is one, and at the level `debug` in a line
 * that also says whose it was. Where neither wants to know it reads no clock, and makes no object for a line nobody reads.
 */
export class RequestLog {
  constructor(
    private readonly logger: Pick<Logger, 'debug' | 'isLevelEnabled'>,
    private readonly meter?: Pick<ServerMeter, 'answered'>,
  ) {}

  /** When a request comes; `undefined` where nobody wants to know how long it takes. */
  now(): number | undefined {
    return this.meter || this.isRead ? performance.now() : undefined;
  }

  handled(request: LoggedRequest): void {
    const ms = this.measure(request, 'OK');
    if (ms === undefined) return;
    this.logger.debug(this.fieldsOf(request, ms), `handled ${request.event}`);
  }

  refused(request: LoggedRequest, code: string): void {
    const ms = this.measure(request, code);
    if (ms === undefined) return;
    const fields = this.fieldsOf(request, ms);
    this.logger.debug({ ...fields, code }, `refused ${fields.event}: ${code}`);
  }

  abandoned(request: LoggedRequest): void {
    const ms = this.measure(request, 'ABANDONED');
    if (ms === undefined) return;
    const fields = this.fieldsOf(request, ms);
    this.logger.debug(fields, `${fields.event} was abandoned: its sender is gone`);
  }

  private get isRead(): boolean {
    return this.logger.isLevelEnabled('debug');
  }

  /** Ends its trace and tells the meter; answers with how long it took where a line is to say it. */
  private measure({ event, cameAt, trace, route }: LoggedRequest, code: string): number | undefined {
    trace?.end(code);
    if (cameAt === undefined) return undefined;
    const ms = performance.now() - cameAt;
    this.meter?.answered(route.definition && event, code, ms);
    return this.isRead ? ms : undefined;
  }

  private fieldsOf({ event, peer: { connection } }: LoggedRequest, ms: number) {
    return {
      event: event.slice(0, MAX_NAME_LENGTH),
      ...(connection.identity && { entityId: connection.identity.entityId }),
      connectionId: connection.id,
      ms: Math.round(ms * 100) / 100,
    };
  }
}
