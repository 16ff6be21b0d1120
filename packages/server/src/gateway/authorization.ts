import { type EventRegistry, type RoomReference, WirepactError } from '@wirepact/contract/runtime';
import type { Logger } from 'pino';
import type { Connection } from '../ports/connection';
import type { Attempt, Authorize } from '../ports/identity';
import { withDeadline } from './deadline';
import { isPromise } from './is-promise';
import { retryable } from './retryable';
import type { Subject } from './route';

/** What an {@link Authorization} is made of. */
export interface AuthorizationOptions {
  /** The host's decision; without it, events of `restricted` are nobody's to send and all others everybody's. */
  readonly authorize: Authorize | undefined;
  /** Entities that no connection may act as, in lower case. */
  readonly reserved: ReadonlySet<string>;
  /** Events that nobody needs permission for, such as leaving. */
  readonly alwaysAllowed: ReadonlySet<string>;
  /** Events that need a host who says who may send them. */
  readonly restricted: ReadonlySet<string>;
  /** How long the host may take for an answer, in milliseconds. */
  readonly timeoutMs: number;
  readonly logger: Logger;
}

type AnyConnection = Pick<Connection<EventRegistry>, 'address' | 'identity'>;

/** Says who may do what. */
export interface Authorization {
  /**
   * Whether a connection may send an event: returns where that is known at once, else a promise.
   * @throws WirepactError `FORBIDDEN`; `UNAVAILABLE` or `INTERNAL` where the host has not said it.
   */
  check(connection: AnyConnection, subject: Subject): Promise<void> | undefined;
  /**
   * Whether a connection could still join a channel that it is in.
   * @throws WirepactError where the host has not said it.
   */
  mayStillBeIn(connection: AnyConnection, channelId: string): Promise<boolean>;
}

const forbidden = (message: string) => new WirepactError('FORBIDDEN', message);

/** Whoever is signed in acts as nobody else, and nobody acts as who is reserved. */
function checkActor({ identity }: AnyConnection, actor: string | undefined, reserved: ReadonlySet<string>) {
  if (actor === undefined) return;
  if (identity && actor !== identity.entityId)
    throw forbidden('Events of this connection are those of who is signed in on it, and of nobody else.');
  if (reserved.has(actor.toLowerCase())) throw forbidden('Nobody may act as an agent of this server.');
}

const toAttempt = (
  { identity, address }: AnyConnection,
  event: string,
  payload: unknown,
  room: RoomReference | undefined,
): Attempt => ({
  identity,
  address,
  event,
  payload,
  room,
  channelId: room?.name === 'channel' ? room.id : undefined,
});

/** Decides by the host's `authorize`, and by the rules it does not have to think of. */
export function createAuthorization(options: AuthorizationOptions): Authorization {
  const { authorize, reserved, alwaysAllowed, restricted, timeoutMs, logger } = options;
  const silent = new Set<string>();

  /** What the host threw, as the client may see it. */
  const toRefusal = (err: unknown, { event, address }: Attempt): WirepactError => {
    if (err instanceof WirepactError && err.code !== 'UNAVAILABLE') return err;
    logger.error({ err, event, address }, `authorize failed for ${event}: the client is told to try again`);
    if (err instanceof WirepactError) return err;
    return retryable('UNAVAILABLE', 'The server cannot tell now whether you may do this.');
  };

  /** An answer that was forgotten refuses, and is told once an event. */
  const warnOfSilence = (event: string) => {
    if (silent.has(event)) return;
    silent.add(event);
    logger.warn(`authorize gave undefined for ${event}, which refuses it: answer with true or false`);
  };

  const decide = (answer: unknown, { event, address }: Attempt): void => {
    if (answer === true) return;
    if (answer === undefined) warnOfSilence(event);
    if (answer === false || answer === null || answer === undefined)
      throw forbidden(`You may not ${event} here.`);
    const what = `authorize must answer with true or false; for ${event} it gave something of type ${typeof answer}`;
    logger.error({ event, address }, what);
    throw retryable('INTERNAL', 'The server failed to tell whether you may do this.');
  };

  async function wait(answer: PromiseLike<unknown>, attempt: Attempt): Promise<void> {
    let settled: unknown;
    try {
      settled = await withDeadline(answer, timeoutMs, 'The permission for this');
    } catch (err) {
      throw toRefusal(err, attempt);
    }
    decide(settled, attempt);
  }

  const ask = (hook: Authorize, attempt: Attempt): Promise<void> | undefined => {
    let answer: unknown;
    try {
      answer = hook(attempt);
    } catch (err) {
      throw toRefusal(err, attempt);
    }
    return isPromise(answer) ? wait(answer, attempt) : void decide(answer, attempt);
  };

  return {
    check(connection, { event, payload, room, actor }) {
      checkActor(connection, actor, reserved);
      if (alwaysAllowed.has(event)) return undefined;
      if (authorize) return ask(authorize, toAttempt(connection, event, payload, room));
      if (restricted.has(event))
        throw forbidden(`${event} needs a server whose \`authorize\` allows it; this one has none.`);
      return undefined;
    },

    async mayStillBeIn(connection, channelId) {
      if (!authorize) return true;
      const room = { name: 'channel', id: channelId };
      try {
        await ask(authorize, toAttempt(connection, 'join_channel', { channelId }, room));
        return true;
      } catch (cause) {
        if (cause instanceof WirepactError && cause.code === 'FORBIDDEN') return false;
        throw cause;
      }
    },
  };
}
