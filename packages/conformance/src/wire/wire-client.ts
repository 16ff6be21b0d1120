import type { Socket } from 'socket.io-client';
import { RateLimited, Violation } from '../check/violation';
import { type Answer, errorOf, type Fields, isFields, type Packet, payloadOf, toFields } from './packet';

/** What a client needs of the run that it is part of. */
export interface WireLimits {
  /** How long to wait for what has to come, in milliseconds. */
  readonly patienceMs: number;
  /** Counts an event that is sent. @throws BudgetUsed */
  readonly spend: () => void;
}

/** The type of Socket.IO's packet that is an acknowledgement. */
const ACK_PACKET = 3;

/** A client that is socket.io-client and a memory for all that it is sent. */
export class WireClient {
  /** Every event so far, from the very first. */
  readonly packets: Packet[] = [];
  /** What came in which order: names of events, and `ack <event>` for acknowledgements. */
  readonly timeline: string[] = [];
  /** How the connection was ended, or refused, once it was. */
  endReason: string | undefined;
  /** Why the server did not let it in, where it did not. */
  refusal: Error | undefined;
  private readonly taken = new Set<Packet>();
  private readonly waiting = new Set<() => void>();
  private readonly acknowledged = new Map<unknown, number>();
  /** Set once the server has refused an event for now: what was asked for will not come. */
  private limited: RateLimited | undefined;

  constructor(
    readonly socket: Socket,
    private readonly limits: WireLimits,
  ) {
    socket.onAny((event: string, ...args: unknown[]) => this.take({ event, args }));
    socket.on('disconnect', (reason) => {
      this.endReason = reason;
      this.look();
    });
    socket.on('connect', () => this.look());
    socket.on('connect_error', (error) => {
      this.refusal = error;
      this.endReason = `connect_error: ${error.message}`;
      this.look();
    });
    socket.io.on('packet', ({ type, id }) => {
      if (type === ACK_PACKET) this.acknowledged.set(id, (this.acknowledged.get(id) ?? 0) + 1);
    });
  }

  /** Payloads of one event so far. */
  all(event: string): Fields[] {
    return this.packets.filter((packet) => packet.event === event).map(payloadOf);
  }

  /** How many acknowledgements came for an event that had one already. */
  get repeatedAcknowledgements(): number {
    return [...this.acknowledged.values()].filter((count) => count > 1).length;
  }

  /** The next payload of this event that was not given out yet, now or when it comes. */
  next(event: string, isMeant: (payload: Fields) => boolean = () => true): Promise<Fields> {
    return this.until(() => this.give(event, isMeant), `no ${event} came`);
  }

  /** The first payload of this event that was not given out yet; `undefined` where there is none, or the server asks to wait. */
  give(event: string, isMeant: (payload: Fields) => boolean = () => true): Fields | undefined {
    // A request to wait is no answer to what was sent.
    if (this.limited) return undefined;
    const packet = this.packets.find(
      (one) => one.event === event && !this.taken.has(one) && isMeant(payloadOf(one)),
    );
    if (packet) this.taken.add(packet);
    return packet && payloadOf(packet);
  }

  /**
   * What `find` finds, now or after a packet or the end of the connection.
   *
   * @param patienceMs How long to wait for it. Default: as long as the run waits for anything.
   * @throws Violation Where it finds nothing in time: `failure` says what that means.
   * @throws RateLimited Where the server has refused an event for now.
   */
  until<Found>(
    find: () => Found | undefined,
    failure: string,
    patienceMs = this.limits.patienceMs,
  ): Promise<Found> {
    return this.wait(find, failure, patienceMs, true);
  }

  /** Resolves with whether the server has let it in. @throws Violation Where it does not say. */
  admitted(): Promise<boolean> {
    const isKnown = () => (this.socket.connected ? true : this.refusal && false);
    return this.until(isKnown, 'the connection is neither let in nor refused');
  }

  /** Sends an event without asking for an acknowledgement. */
  emit(event: string, ...args: unknown[]): void {
    this.limits.spend();
    this.socket.emit(event, ...args);
  }

  /** Sends an event and resolves with its acknowledgement, whatever that is: also that it is refused for now. @throws Violation */
  settle(event: string, ...args: unknown[]): Promise<Answer> {
    return this.acknowledge(event, args, false);
  }

  /** As `settle`, where the event has to be taken now. @throws RateLimited */
  async ask(event: string, ...args: unknown[]): Promise<Answer> {
    const answer = await this.acknowledge(event, args, true);
    this.heed(errorOf(answer));
    if (this.limited) throw this.limited;
    return answer;
  }

  /** Sends text in place of a packet of Socket.IO. */
  write(text: string): void {
    this.limits.spend();
    this.socket.io.engine.write(text);
  }

  /** Resolves with how the server ended the connection. @throws Violation Where it does not. */
  ended(): Promise<string> {
    return this.until(() => this.endReason, 'the connection was not ended');
  }

  /** Loses the connection as a network does: without a word. */
  drop(): void {
    this.socket.io.engine.close();
  }

  close(): void {
    this.socket.close();
  }

  private async acknowledge(event: string, args: unknown[], heedsLimits: boolean): Promise<Answer> {
    this.limits.spend();
    let answer: unknown;
    let isSettled = false;
    this.socket.emit(event, ...args, (given: unknown) => {
      [answer, isSettled] = [given, true];
      this.timeline.push(`ack ${event}`);
      this.look();
    });
    const { patienceMs } = this.limits;
    await this.wait(() => isSettled || undefined, `${event} was not acknowledged`, patienceMs, heedsLimits);
    return toFields(answer);
  }

  private wait<Found>(
    find: () => Found | undefined,
    failure: string,
    patienceMs: number,
    heedsLimits: boolean,
  ): Promise<Found> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        this.waiting.delete(look);
        clearTimeout(timer);
        act();
      };
      const look = () => {
        const found = find();
        if (found !== undefined) settle(() => resolve(found));
        else if (heedsLimits && this.limited) settle(() => reject(this.limited));
        else if (this.endReason !== undefined) settle(() => reject(this.violation(failure)));
      };
      const timer = setTimeout(() => settle(() => reject(this.violation(failure))), patienceMs);
      this.waiting.add(look);
      look();
    });
  }

  private take(packet: Packet): void {
    this.packets.push(packet);
    this.timeline.push(packet.event);
    if (packet.event === 'messageError') this.heed(payloadOf(packet));
    this.look();
  }

  private heed(error: Fields): void {
    this.limited = RateLimited.from(error) ?? this.limited;
  }

  private look(): void {
    for (const look of [...this.waiting]) look();
  }

  private violation(failure: string): Violation {
    const told = this.packets.findLast(({ event }) => event === 'messageError');
    const why =
      told && isFields(told.args[0]) ? `; the last messageError: ${String(payloadOf(told).error)}` : '';
    const end = this.endReason === undefined ? '' : `; the connection was ended (${this.endReason})`;
    return new Violation(`${failure}${why}${end}`);
  }
}
