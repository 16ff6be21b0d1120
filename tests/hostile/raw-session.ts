import { connectPacket, ENGINE, eventPacket, parsePacket, type ServerPacket } from './packets';
import { type Target, within } from './raw-tcp';
import { RawWebSocket } from './raw-websocket';

const PATH = '/socket.io/?EIO=4&transport=websocket';

/** An object off the wire, of which nothing is known. */
export type Fields = Readonly<Record<string, unknown>>;

/** An acknowledgement. */
export interface Answer {
  readonly ok?: boolean;
  readonly data?: Fields;
  readonly error?: Fields;
}

/** An event that came. */
export interface Received {
  readonly event: string;
  readonly payload: Fields;
  /** What came behind the payload. */
  readonly rest?: readonly unknown[];
}

/** How a session ended and what was said about it, or `undefined` for what was not said. */
export interface SessionEnd {
  /** The websocket's close code. */
  readonly closeCode: number | undefined;
  /** The reason in `connection_ended`. */
  readonly reason: string | undefined;
}

/** What a session is opened with. */
export interface SessionOptions {
  readonly auth?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly path?: string;
}

/** Socket.IO on a websocket, written by hand, so that everything wrong can be said on it. */
export class RawSession {
  /** Every event so far. */
  readonly events: Received[] = [];
  /** Every packet that is none, such as the refusal of a namespace. */
  readonly others: ServerPacket[] = [];
  readonly ended: Promise<SessionEnd>;
  /** Acknowledgements that came, of which nobody knows what for. */
  strayAnswers = 0;
  private readonly answers = new Map<number, (answer: Answer) => void>();
  private readonly waiting = new Set<() => void>();
  private lastId = 0;

  private constructor(readonly websocket: RawWebSocket) {
    websocket.onText = (text) => this.take(text);
    this.ended = websocket.ended.then(({ code }) => ({ closeCode: code, reason: this.endReason() }));
    void this.ended.then(() => this.look());
  }

  /** A websocket on which nothing was said yet but the server's opening. */
  static async open(target: Target, { headers, path = PATH }: SessionOptions = {}): Promise<RawSession> {
    return new RawSession(await RawWebSocket.open(target, path, headers));
  }

  /** A session that was greeted. */
  static async connect(target: Target, options: SessionOptions = {}): Promise<RawSession> {
    const session = await RawSession.open(target, options);
    session.send(connectPacket('/', options.auth));
    await session.until(() => session.all('connection_established').length > 0, 'connection_established');
    return session;
  }

  /** Sends a packet; resolves once the system has taken it. */
  send(packet: string | Buffer): Promise<void> {
    return this.websocket.sendText(packet);
  }

  emit(event: string, payload?: unknown): Promise<void> {
    return this.send(eventPacket(event, payload));
  }

  /** Emits with an acknowledgement, which has to come while the session lasts. */
  ask(event: string, payload?: unknown): Promise<Answer> {
    return this.askPacket((id) => eventPacket(event, payload, id), event);
  }

  /** Sends what `write` makes of a new id, and waits for the acknowledgement of that id. */
  askPacket(write: (id: number) => string, what = 'the packet'): Promise<Answer> {
    this.lastId += 1;
    const id = this.lastId;
    const answered = new Promise<Answer>((resolve, reject) => {
      this.answers.set(id, resolve);
      void this.ended.then((end) => reject(new Error(`Ended before an answer: ${JSON.stringify(end)}`)));
    });
    void this.send(write(id));
    return within(answered, `the acknowledgement of ${what}`);
  }

  /** Payloads of one event so far. */
  all(event: string): Fields[] {
    return this.events.filter((received) => received.event === event).map(({ payload }) => payload);
  }

  /** Resolves once `isSo`; rejects where the session ends before. */
  until(isSo: () => boolean, what: string): Promise<void> {
    const met = new Promise<void>((resolve, reject) => {
      const look = () => {
        if (!isSo()) return;
        this.waiting.delete(look);
        resolve();
      };
      this.waiting.add(look);
      void this.ended.then((end) => reject(new Error(`Ended before ${what}: ${JSON.stringify(end)}`)));
      look();
    });
    return within(met, what);
  }

  /** How it ended, which has to be soon. */
  end(): Promise<SessionEnd> {
    return within(this.ended, 'the end of a session');
  }

  /** Is gone without a word. */
  vanish(): void {
    this.websocket.vanish();
  }

  private endReason(): string | undefined {
    const reason = this.all('connection_ended').at(-1)?.reason;
    return typeof reason === 'string' ? reason : undefined;
  }

  private look(): void {
    for (const look of this.waiting) look();
  }

  private take(text: string): void {
    if (text === ENGINE.ping) void this.send(ENGINE.pong);
    const packet = parsePacket(text);
    if (packet?.type === 2) this.takeEvent(packet.data);
    else if (packet?.type === 3) this.takeAnswer(packet);
    else if (packet) this.others.push(packet);
    this.look();
  }

  private takeEvent(data: unknown): void {
    if (!Array.isArray(data)) return;
    const [event, payload = {}, ...rest] = data;
    this.events.push({ event: String(event), payload, rest });
  }

  private takeAnswer({ id, data }: ServerPacket): void {
    const settle = this.answers.get(id ?? -1);
    if (!settle) this.strayAnswers += 1;
    this.answers.delete(id ?? -1);
    if (Array.isArray(data)) settle?.(data[0]);
  }
}
