import type { LogFilter } from '@wirepact/protocol';
import type { EventHub } from '../../runtime/base/event-hub';
import { LazyPart } from '../../runtime/base/lazy-part';
import { createObservable } from '../../runtime/base/observable';
import type { Connection } from '../../runtime/connection/connection';
import type { Requester, RequestOptions } from '../../runtime/request/request';
import { createLazyStream } from '../../runtime/stream/lazy-stream';
import type { LogStream } from './log-stream';
import type { LogStreamOptions, LogSubscriptionState, Logs } from './logs';

/** The logs of a client. Their code is loaded when they are first asked for: most pages show none. */
export class LazyLogs {
  readonly #current = createObservable<LogSubscriptionState>({ status: 'off' });
  readonly #part: LazyPart<Logs>;

  readonly state = this.#current;

  constructor(connection: Connection, requester: Requester, hub: EventHub) {
    this.#part = new LazyPart('reads logs', async () => {
      const { Logs } = await import('./logs');
      return new Logs(connection, requester, hub, this.#current);
    });
  }

  /** As `ChatClient.subscribeLogs`. */
  async subscribe(filter?: LogFilter, options?: RequestOptions): Promise<void> {
    await (await this.#part.load()).subscribe(filter, options);
  }

  /** As `ChatClient.unsubscribeLogs`. */
  async unsubscribe(options?: RequestOptions): Promise<void> {
    await (await this.#part.loaded)?.unsubscribe(options);
  }

  /** As `ChatClient.logs`. */
  stream(filter?: LogFilter, options?: LogStreamOptions): LogStream {
    let stream: LogStream | undefined;
    const load = async () => {
      const logs = await this.#part.load();
      return () => {
        stream = logs.stream(filter, options);
        return stream;
      };
    };
    return {
      ...createLazyStream(load),
      get dropped() {
        return stream?.dropped ?? 0;
      },
    };
  }

  /** Ends every stream with `error`. */
  close(error: Error): void {
    this.#part.loaded?.then((logs) => logs.close(error)).catch(() => {});
  }
}
