import type { LogFilter } from '@wirepact/protocol';
import { createClientError } from '../../runtime/client-errors';
import type { Connection } from '../../runtime/connection';
import type { EventHub } from '../../runtime/event-hub';
import { createObservable } from '../../runtime/observable';
import type { Requester, RequestOptions } from '../../runtime/request';
import type { LogStream } from './log-stream';
import type { LogStreamOptions, LogSubscriptionState, Logs } from './logs';

/** The logs of a client. Their code is loaded when they are first asked for: most pages show none. */
export class LazyLogs {
  private readonly current = createObservable<LogSubscriptionState>({ status: 'off' });
  private loaded: Promise<Logs> | undefined;

  readonly state = this.current;

  constructor(
    private readonly connection: Connection,
    private readonly requester: Requester,
    private readonly hub: EventHub,
  ) {}

  /** As `ChatClient.subscribeLogs`. */
  async subscribe(filter?: LogFilter, options?: RequestOptions): Promise<void> {
    await (await this.load()).subscribe(filter, options);
  }

  /** As `ChatClient.unsubscribeLogs`. */
  async unsubscribe(options?: RequestOptions): Promise<void> {
    await (await this.loaded)?.unsubscribe(options);
  }

  /** As `ChatClient.logs`. */
  stream(filter?: LogFilter, options?: LogStreamOptions): LogStream {
    let stream: LogStream | undefined;
    const load = async () => {
      const logs = await this.load();
      stream ??= logs.stream(filter, options);
      return stream;
    };
    return {
      get dropped() {
        return stream?.dropped ?? 0;
      },
      [Symbol.asyncIterator]() {
        return this;
      },
      next: async () => (await load()).next(),
      return: async () => (await load()).return(),
    };
  }

  /** Ends every stream with `error`. */
  close(error: Error): void {
    this.loaded?.then((logs) => logs.close(error)).catch(() => {});
  }

  private load(): Promise<Logs> {
    const { connection, requester, hub, current } = this;
    this.loaded ??= import('./logs')
      .then(({ Logs }) => new Logs(connection, requester, hub, current))
      .catch((cause: unknown) => {
        this.loaded = undefined;
        throw createClientError(
          'LOAD_FAILED',
          'The part of the client that reads logs could not be loaded.',
          cause,
        );
      });
    return this.loaded;
  }
}
