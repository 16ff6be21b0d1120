import { type EventRegistry, WirepactError } from '@wirepact/contract/runtime';
import type { Logger } from 'pino';
import { isPromise } from '../is-promise';
import type { Connection } from '../ports/connection';
import type { Attempt, Authorize } from '../ports/identity';
import { withDeadline } from './deadline';
import { retryable } from './retryable';
import type { Subject } from './route';

/** What is asked of whoever is about to do something. */
export type AnyConnection = Pick<Connection<EventRegistry>, 'address' | 'identity'>;

/** What an {@link Authorization} is made of. */
export interface AuthorizationOptions<About extends Attempt> {
  /** The host's decision; without it, events of `restricted` are nobody's to send and all others everybody's. */
  readonly authorize: Authorize<About> | undefined;
  /** What the host is asked about. */
  readonly toAttempt: (connection: AnyConnection, subject: Subject) => About;
  /** Why nobody may act as an entity, in a sentence for the sender; `undefined` where somebody may. */
  readonly refuseActor?: (actor: string) => string | undefined;
  /** Events that nobody needs permission for, such as leaving. */
  readonly alwaysAllowed: ReadonlySet<string>;
  /** Events that need a host who says who may send them. */
  readonly restricted: ReadonlySet<string>;
  /** How long the host may take for an answer, in milliseconds. */
  readonly timeoutMs: number;
  readonly logger: Logger;
}

/** Says who may do what. */
export interface Authorization {
  /**
   * Whether a connection may send an event: returns where that is known at once, else a promise.
   * @throws WirepactError `FORBIDDEN`; `UNAVAILABLE` or `INTERNAL` where the host has not said it.
   */
  check(connection: AnyConnection, subject: Subject): Promise<void> | undefined;
  /**
   * Whether the host would still let a connection do what it has done before.
   * @throws WirepactError where the host has not said it.
   */
  stillAllows(connection: AnyConnection, subject: Subject): Promise<boolean>;
}

const forbidden = (message: string) => new WirepactError('FORBIDDEN', message);

/** Whoever is signed in acts as nobody else, and nobody as whom the server keeps for itself. */
function checkActor(
  { identity }: AnyConnection,
  actor: string,
  refuseActor: ((actor: string) => string | undefined) | undefined,
): void {
  if (identity && actor !== identity.entityId)
    throw forbidden('Events of this connection are those of who is signed in on it, and of nobody else.');
  const refusal = refuseActor?.(actor);
  if (refusal !== undefined) throw forbidden(refusal);
}

/** Decides by the host's `authorize`, and by the rules it does not have to think of. */
class HostAuthorization<About extends Attempt> implements Authorization {
  private readonly silent = new Set<string>();

  constructor(private readonly options: AuthorizationOptions<About>) {}

  check(connection: AnyConnection, subject: Subject): Promise<void> | undefined {
    const { authorize, toAttempt, refuseActor, alwaysAllowed, restricted } = this.options;
    const { event, actor } = subject;
    if (actor !== undefined) checkActor(connection, actor, refuseActor);
    if (alwaysAllowed.has(event)) return undefined;
    if (authorize) return this.ask(authorize, toAttempt(connection, subject));
    if (restricted.has(event))
      throw forbidden(`${event} needs a server whose \`authorize\` allows it; this one has none.`);
    return undefined;
  }

  async stillAllows(connection: AnyConnection, subject: Subject): Promise<boolean> {
    const { authorize, toAttempt } = this.options;
    if (!authorize) return true;
    try {
      await this.ask(authorize, toAttempt(connection, subject));
      return true;
    } catch (cause) {
      if (cause instanceof WirepactError && cause.code === 'FORBIDDEN') return false;
      throw cause;
    }
  }

  private ask(hook: Authorize<About>, attempt: About): Promise<void> | undefined {
    let answer: unknown;
    try {
      answer = hook(attempt);
    } catch (err) {
      throw this.toRefusal(err, attempt);
    }
    return isPromise(answer) ? this.wait(answer, attempt) : void this.decide(answer, attempt);
  }

  private async wait(answer: PromiseLike<unknown>, attempt: About): Promise<void> {
    let settled: unknown;
    try {
      settled = await withDeadline(answer, this.options.timeoutMs, 'The permission for this');
    } catch (err) {
      throw this.toRefusal(err, attempt);
    }
    this.decide(settled, attempt);
  }

  private decide(answer: unknown, { event, address }: About): void {
    if (answer === true) return;
    if (answer === undefined) this.warnOfSilence(event);
    if (answer === false || answer === null || answer === undefined)
      throw forbidden(`You may not ${event} here.`);
    const what = `authorize must answer with true or false; for ${event} it gave something of type ${typeof answer}`;
    this.options.logger.error({ event, address }, what);
    throw retryable('INTERNAL', 'The server failed to tell whether you may do this.');
  }

  /** What the host threw, as the client may see it. */
  private toRefusal(err: unknown, { event, address }: About): WirepactError {
    if (err instanceof WirepactError && err.code !== 'UNAVAILABLE') return err;
    this.options.logger.error(
      { err, event, address },
      `authorize failed for ${event}: the client is told to try again`,
    );
    if (err instanceof WirepactError) return err;
    return retryable('UNAVAILABLE', 'The server cannot tell now whether you may do this.');
  }

  /** An answer that was forgotten refuses, and is told once an event. */
  private warnOfSilence(event: string): void {
    if (this.silent.has(event)) return;
    this.silent.add(event);
    this.options.logger.warn(
      `authorize gave undefined for ${event}, which refuses it: answer with true or false`,
    );
  }
}

/** An authorization that asks the host, and knows what it does not have to ask about. */
export const createAuthorization = <About extends Attempt>(
  options: AuthorizationOptions<About>,
): Authorization => new HostAuthorization(options);
