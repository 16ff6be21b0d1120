import { connectPacket, ENGINE, parsePacket, SEPARATOR, type ServerPacket } from './packets';
import { type RawResponse, request } from './raw-http';
import type { Fields, Received, SessionEnd } from './raw-session';
import type { Target } from './raw-tcp';

const PATH = '/socket.io/?EIO=4&transport=polling';

/** Socket.IO by HTTP polling, one connection a request. */
export class PollingSession {
  readonly events: Received[] = [];

  private constructor(
    private readonly target: Target,
    readonly path: string,
    private readonly headers: Readonly<Record<string, string>>,
  ) {}

  /** An Engine.IO session on which nothing was said yet. @throws Error with the answer, where it is refused */
  static async open(target: Target, headers: Readonly<Record<string, string>> = {}): Promise<PollingSession> {
    const response = await request(target, { path: PATH, headers });
    if (response?.status !== 200) throw new Error(`No session, but ${JSON.stringify(response)}.`);
    const { sid }: { sid: string } = JSON.parse(response.body.slice(1));
    return new PollingSession(target, `${PATH}&sid=${sid}`, headers);
  }

  /** A session that was greeted. */
  static async connect(target: Target): Promise<PollingSession> {
    const session = await PollingSession.open(target);
    await session.post(connectPacket());
    while (!session.events.some(({ event }) => event === 'connection_established')) await session.poll();
    return session;
  }

  /** Sends a payload of packets; `undefined` where the server hung up without an answer. */
  post(body: string | Buffer): Promise<RawResponse | undefined> {
    return request(this.target, {
      ...{ method: 'POST', path: this.path, body },
      headers: { 'Content-Type': 'text/plain;charset=UTF-8', ...this.headers },
    });
  }

  /** Asks for what the server has to say. */
  async poll(): Promise<RawResponse | undefined> {
    const response = await request(this.target, { path: this.path, headers: this.headers });
    if (response?.status !== 200) return response;
    const packets = response.body.split(SEPARATOR).map(parsePacket);
    for (const packet of packets) this.take(packet);
    return response;
  }

  /** Asks for what the server has to say until it answers no more; that has to be soon. */
  async end(): Promise<SessionEnd> {
    for (let polls = 0; polls < 20; polls += 1) {
      const response = await this.poll();
      if (response?.status === 200 && !response.body.endsWith(ENGINE.close)) continue;
      const reason = this.all('connection_ended').at(-1)?.reason;
      return { closeCode: undefined, reason: typeof reason === 'string' ? reason : undefined };
    }
    throw new Error('The session goes on.');
  }

  /** Payloads of one event so far. */
  all(event: string): Fields[] {
    return this.events.filter((received) => received.event === event).map(({ payload }) => payload);
  }

  private take(packet: ServerPacket | undefined): void {
    if (packet?.type !== 2 || !Array.isArray(packet.data)) return;
    this.events.push({ event: String(packet.data[0]), payload: packet.data[1] ?? {} });
  }
}
