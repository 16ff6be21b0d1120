import { randomUUID } from 'node:crypto';
import { type Ack, type EventRegistry, WirepactError } from '@wirepact/contract/runtime';
import type { Application } from './application';
import type { Gateway } from './gateway/gateway';
import type { RateMeter } from './gateway/rate-meter';
import type { Sessions } from './gateway/sessions';
import type { Caller } from './ports/caller';
import type { Connection } from './ports/connection';
import type { Handshake, Identity } from './ports/identity';

/** What callers need of a server. */
export interface CallersDeps<Events extends EventRegistry, Context> {
  readonly sessions: Pick<Sessions, 'identify'>;
  readonly application: Pick<Application<Events, Context>, 'contextOf' | 'onEnd'>;
  readonly gateway: Pick<Gateway<Context>, 'accept'>;
  readonly meterOf: ((address: string, entityId: string | undefined) => RateMeter) | undefined;
}

const gone = () => new WirepactError('DISCONNECTED', 'Whoever asks has gone.', { retryable: true });

/** A connection to nobody: what it is sent is lost. */
function createSilent<Events extends EventRegistry>(handshake: Handshake, identity: Identity | undefined) {
  const controller = new AbortController();
  const { signal } = controller;
  const connection: Connection<Events> = {
    id: `call-${randomUUID()}`,
    address: handshake.address,
    identity,
    handshake,
    dialect: undefined,
    closed: signal,
    get isClosed() {
      return signal.aborted;
    },
    emit: () => undefined,
    join: () => undefined,
    isIn: () => false,
    leave: () => undefined,
    request: () => Promise.reject(gone()),
    isCongested: () => false,
    drained: () => Promise.resolve(),
    end: (reason) => controller.abort(reason),
  };
  return connection;
}

/** Lets somebody ask who has no connection: identified, counted and limited as whoever connects. */
export const createCallers =
  <Events extends EventRegistry, Context>({
    sessions,
    application,
    gateway,
    meterOf,
  }: CallersDeps<Events, Context>): ((handshake: Handshake) => Promise<Caller>) =>
  async (handshake) => {
    const identity = await sessions.identify(handshake);
    const connection = createSilent<Events>(handshake, identity);
    const context = application.contextOf(connection);
    const meter = meterOf?.(handshake.address, identity?.entityId);
    const onEvent = gateway.accept(context, connection, meter);
    return {
      identity,
      async ask(event, payload) {
        const ack = await new Promise<Ack<unknown>>((resolve, reject) => {
          connection.closed.addEventListener('abort', () => reject(gone()), { once: true });
          if (connection.isClosed) reject(gone());
          else onEvent(event, [payload, resolve]);
        });
        if (ack.ok) return ack.data;
        const { code, message, ...details } = ack.error;
        throw new WirepactError(code, message, details);
      },
      end() {
        connection.end('KICKED');
        application.onEnd?.(connection);
      },
    };
  };
