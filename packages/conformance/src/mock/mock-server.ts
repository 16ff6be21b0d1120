import { type ContractDocument, readDocument } from '@wirepact/cli';
import {
  type ContractEvent,
  findPayloadError,
  SESSION_EVENTS,
  SESSION_NAMES,
  WirepactError,
} from '@wirepact/contract/runtime';
import type { Server, Socket } from 'socket.io';
import { type ContractView, type EventView, viewContract } from '../profiles/contract/contract-view';
import { journalKinds } from '../profiles/contract/rooms-of';
import { Random } from '../sample/random';
import { type Fields, toFields } from '../wire/packet';
import { checkAnswers, checkFault } from './check-script';
import { endWrongPackets } from './end-wrong-packets';
import { MockRooms } from './mock-rooms';
import { FaultQueue, type MockFault, type MockOptions, type MockRequest } from './mock-script';
import { MockStreams } from './mock-streams';
import { openServer } from './open-server';
import { splitArguments } from './split-arguments';

/** A server that stands in for one of a contract. */
export interface MockServer {
  readonly url: string;
  /** Every event of clients so far, in order. */
  readonly received: readonly { readonly event: string; readonly payload: Fields }[];
  /**
   * Sends an event of the contract: to the members of its room where it is durable, else to everybody. Without a payload,
   * one is made from its schema.
   * @throws WirepactError `INVALID_EMIT` where the contract does not have it, or not so.
   */
  readonly emit: (event: string, payload?: Fields) => void;
  /**
   * Has the next `times` of an event, of a client or of the server, go wrong. Default: once.
   * @throws WirepactError `INVALID_OPTIONS` for an event that the contract does not have
   */
  readonly fail: (event: string, fault: MockFault, times?: number) => void;
  readonly close: () => Promise<void>;
}

/** What is as little as possible what a contract declares. */
const WRONG = { wrong: 'This is not what the contract declares.' };
const { heartbeat, authenticate, join, leave, streamCredit, streamCancel } = SESSION_EVENTS.clientToServer;
/** The events of the session that a mock answers, by their names. */
const SESSION: ReadonlyMap<string, ContractEvent> = new Map<string, ContractEvent>([
  [SESSION_NAMES.heartbeat, heartbeat],
  [SESSION_NAMES.authenticate, authenticate],
  [SESSION_NAMES.join, join],
  [SESSION_NAMES.leave, leave],
  [SESSION_NAMES.streamCredit, streamCredit],
  [SESSION_NAMES.streamCancel, streamCancel],
]);
/** Items of a stream that are made up. */
const MADE_ITEMS = 3;

/** What a fault leaves of something that is sent. */
function meet(
  fault: MockFault | undefined,
  socket: Socket | undefined,
  send: (isWrong: boolean) => void,
): void {
  if (fault === 'disconnect') socket?.disconnect(true);
  else if (typeof fault === 'object') setTimeout(send, fault.delayMs, false);
  else if (fault !== 'drop') send(fault === 'wrong');
}

/** A mock server while it runs. */
class Mock {
  readonly received: { event: string; payload: Fields }[] = [];
  readonly faults = new FaultQueue();
  private readonly random: Random;

  constructor(
    private readonly view: ContractView,
    private readonly server: Server,
    private readonly rooms: MockRooms,
    private readonly options: MockOptions,
  ) {
    this.random = new Random(options.seed ?? 1, view.name);
  }

  serve(socket: Socket): void {
    const { event, payload } = this.options.greeting ?? {
      event: SESSION_NAMES.established,
      payload: {
        protocolVersion: this.view.version,
        capabilities: this.view.clientToServer.map(({ name }) => name),
      },
    };
    socket.emit(event, payload);
    endWrongPackets(socket);
    const streams = new MockStreams(socket);
    socket.onAny((name: string, ...args: unknown[]) => {
      const { payload: sent, acknowledge } = splitArguments(args);
      void this.take(socket, streams, name, sent).then((answer) =>
        meet(this.faults.take(name), socket, (isWrong) =>
          acknowledge?.(isWrong ? { ok: true, data: WRONG } : answer),
        ),
      );
    });
  }

  emit(name: string, given?: Fields): void {
    const event = this.view.serverToClient.get(name);
    if (!event)
      throw new WirepactError(
        'INVALID_EMIT',
        `The contract ${this.view.name} has no event ${name} of a server.`,
      );
    const payload = given ?? event.sample(this.random, 'some');
    if (event.declared.payload && !event.event.payload?.check(payload)) {
      const problem =
        given === undefined ? 'no payload could be made for it; give one' : 'is not its payload';
      throw new WirepactError('INVALID_EMIT', `${name}: ${problem}.`);
    }
    meet(this.faults.take(name), undefined, (isWrong) =>
      this.tell(event, isWrong ? WRONG : toFields(payload)),
    );
  }

  private tell({ name, declared: { durable, room } }: EventView, payload: Fields): void {
    if (durable && room && payload !== WRONG) this.rooms.publish(name, payload, room);
    else this.server.emit(name, payload);
  }

  /** Takes an event of a client; resolves with its acknowledgement. */
  private async take(socket: Socket, streams: MockStreams, name: string, sent: unknown): Promise<unknown> {
    const payload = toFields(sent);
    this.received.push({ event: name, payload });
    try {
      return { ok: true, data: await this.answer(socket, streams, name, sent) };
    } catch (error) {
      if (error instanceof WirepactError) return { ok: false, error: error.toWire() };
      // What a script has thrown is told, as whoever wrote it looks at the client.
      const message = `The script of ${name} has thrown: ${error instanceof Error ? error.message : String(error)}`;
      return { ok: false, error: { code: 'INTERNAL', message, retryable: true } };
    }
  }

  private async answer(socket: Socket, streams: MockStreams, name: string, sent: unknown): Promise<unknown> {
    const payload = toFields(sent);
    const known = SESSION.get(name);
    if (known) await this.check(known, sent);
    const ofSession = this.rooms.answer(socket, name, payload) ?? streams.answer(name, payload);
    if (ofSession) return ofSession.data;
    const event = this.view.clientToServer.find((one) => one.name === name);
    if (event) await this.check(event.event, sent);
    const { answers = {} } = this.options;
    const scripted = Object.hasOwn(answers, name) ? answers[name] : undefined;
    if (scripted) return this.found(scripted, this.request(socket, name, payload), event, streams);
    if (name === SESSION_NAMES.heartbeat) return { time: Date.now() };
    if (name === SESSION_NAMES.authenticate) return {};
    if (event) return this.made(event, streams);
    throw new WirepactError('UNKNOWN_EVENT', `The contract ${this.view.name} has no event ${name}.`);
  }

  private async check(event: ContractEvent, sent: unknown): Promise<void> {
    const error = await findPayloadError(event, sent);
    if (error && event.payload) throw error;
  }

  private async found(
    scripted: NonNullable<MockOptions['answers']>[string],
    request: MockRequest,
    event: EventView | undefined,
    streams: MockStreams,
  ): Promise<unknown> {
    const data = typeof scripted === 'function' ? await scripted(request) : scripted.data;
    if (!event?.declared.stream) return data ?? null;
    return streams.start(Array.isArray(data) ? data : []);
  }

  /** A reply that is made from its schema. */
  private made({ name, sampleReply, sampleItem, declared }: EventView, streams: MockStreams): unknown {
    if (declared.stream)
      return streams.start(Array.from({ length: MADE_ITEMS }, () => sampleItem(this.random)));
    const data = declared.reply ? sampleReply(this.random) : null;
    if (data !== undefined) return data;
    throw new WirepactError('INTERNAL', `No reply to ${name} could be made from its schema; script one.`);
  }

  private request(socket: Socket, event: string, payload: Fields): MockRequest {
    const { errors } = this.view;
    return {
      event,
      payload,
      emit: (name, told) => void socket.emit(name, told),
      fail(code, data, message = `The mock fails with ${code}.`) {
        throw new WirepactError(code, message, { data, retryable: errors[code]?.retryable });
      },
    };
  }
}

/**
 * Starts a server that stands in for one of a contract: it checks what clients send, answers as it is told or with what
 * it makes from the schemas, keeps rooms while it runs, and goes wrong where it is told to. It listens on this machine
 * alone.
 *
 * @param contract As `wirepact build` writes it into `schema.json`, or `toContractDocument` makes it.
 * @throws WirepactError `INVALID_CONTRACT`; `INVALID_OPTIONS` for answers to events that no client sends
 */
export async function startMockServer(
  contract: ContractDocument,
  options: MockOptions = {},
): Promise<MockServer> {
  const view = viewContract(readDocument(contract, 'startMockServer'));
  checkAnswers(view, options);
  const { server, listen, close } = openServer();
  const mock = new Mock(view, server, new MockRooms(server, new Set(journalKinds(view))), options);
  server.on('connection', (socket) => mock.serve(socket));
  return {
    url: await listen(options.port),
    received: mock.received,
    emit: (event, payload) => mock.emit(event, payload),
    fail(event, fault, times = 1) {
      checkFault(view, event, fault, times);
      mock.faults.add(event, fault, times);
    },
    close,
  };
}
