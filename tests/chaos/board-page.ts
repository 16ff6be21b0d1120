import {
  type ContractClient,
  channels,
  createContractClient,
  type Observable,
  type RoomChannel,
} from '@wirepact/client';
import { BOARD_ROOM, type Board, board } from './board-contract';
import { type BoardState, EMPTY_BOARD, mergeBoards, reduceBoard } from './board-state';
import { boardWire, toMove } from './board-wire';
import { ANSWER_TIMEOUT_MS, type AskedChange, type ClientSettings } from './chaos-client';
import { EMPTY_VIEW, type Page } from './page';
import { PageWatch } from './page-watch';
import type { MemberView, Receipt } from './run-record';

const DURABLE_NAMES = ['cardMoved', 'cardRemoved', 'boardCleared', 'boardChanged'] as const;

/** A board as a page has it: what is on it, asked for and kept up to date, and what happened since the page is there. */
interface OpenBoard {
  readonly channel: RoomChannel<Board, typeof BOARD_ROOM>;
  readonly whole: Observable<BoardState | undefined>;
  readonly recent: Observable<BoardState>;
}

/** A page of the board: channels of rooms, states made of their events, and no storage. */
export class BoardPage implements Page {
  private readonly client: ContractClient<Board>;
  private readonly boards = new Map<string, OpenBoard>();
  private readonly watch: PageWatch;

  constructor(private readonly settings: ClientSettings) {
    const { url, name, channelIds, transports } = settings;
    this.watch = new PageWatch(settings.observer);
    this.client = createContractClient(url, board, {
      ...{ auth: boardWire.auth(name), transports, heartbeatIntervalMs: 0, timeout: 2_000 },
      ...{ reconnectionDelay: 10, reconnectionDelayMax: 100, requestTimeoutMs: ANSWER_TIMEOUT_MS },
      channels,
      onContractViolation: ({ event }) => this.observer.note(`${event} breaks the contract`),
    });
    this.watch.follow(this.client.connection);
    for (const id of channelIds) this.open(id);
  }

  isReady(): boolean {
    return [...this.boards.values()].every(
      ({ channel, whole }) => channel.state.get().status === 'joined' && whole.get() !== undefined,
    );
  }

  /** Sends wait for the room by themselves. */
  async entered(): Promise<void> {}

  async send(boardId: string, name: string): Promise<Receipt> {
    const move = toMove(boardId, name);
    const payload = { ...move, by: this.settings.name };
    const expects = { event: 'cardMoved', payload } as const;
    const sent = this.boardOf(boardId).channel.send('move_card', move, { timeoutMs: 120_000, expects });
    return boardWire.toReceipt(await sent, name);
  }

  /** What is expected is taken back where its send fails. */
  discard(): void {}

  async sendOnce(boardId: string, name: string): Promise<Receipt> {
    const answer = this.client.request('move_card', toMove(boardId, name));
    return boardWire.toReceipt(await this.answered('move_card', boardId, answer), name);
  }

  change(asked: AskedChange): Promise<unknown> {
    const [event] = boardWire.change(asked);
    return this.answered(event, asked.channelId, this.request(asked));
  }

  view(boardId: string): MemberView {
    const { whole, recent } = this.boardOf(boardId);
    const state = whole.get();
    if (!state) return EMPTY_VIEW;
    const { position, cards, properties } = state;
    const unsent = cards.filter(({ seq }) => seq === 0).map(({ text }) => text);
    const messages = mergeBoards(state, recent.get());
    return { position, messages, properties, hasOlder: false, unsent, streaming: [] };
  }

  leave(cutOff: () => void): void {
    this.watch.isGone = true;
    cutOff();
    this.client.close();
  }

  private get observer() {
    return this.watch.observer;
  }

  private boardOf(id: string): OpenBoard {
    const found = this.boards.get(id);
    if (!found) throw new Error(`${this.settings.name} has no board ${id}.`);
    return found;
  }

  private answered<Reply>(event: string, boardId: string, answer: Promise<Reply>): Promise<Reply> {
    return this.watch.answered(this.client.connection, event, boardId, answer);
  }

  private request(asked: AskedChange): Promise<unknown> {
    const { kind, channelId: boardId } = asked;
    const { client } = this;
    if (kind === 'delete') return client.request('remove_card', { boardId, card: asked.messageId });
    if (kind === 'update') return client.request('change_board', { boardId, updates: asked.updates });
    return client.request(kind === 'clear' ? 'clear_board' : 'delete_board', { boardId });
  }

  /** Takes part in a board, and, once it is deleted, in the one that has its id then. */
  private open(id: string): void {
    const { observer } = this;
    const channel = this.client.channel(BOARD_ROOM, id);
    const whole = channel.reduceFrom(reduceBoard, (signal) => this.load(id, signal));
    const recent = channel.reduce(reduceBoard, EMPTY_BOARD);
    this.boards.set(id, { channel, whole, recent });
    for (const name of DURABLE_NAMES)
      channel.on(name, (payload) => {
        const event = boardWire.toEvent(name, payload);
        if (event) observer.seen(event);
      });
    whole.subscribe(observer.changed);
    recent.subscribe(observer.changed);
    channel.state.subscribe(({ status, error }) => {
      observer.note(`${id} is ${status}${error ? `: ${error.code} ${error.message}` : ''}`);
      // Whoever asks for a channel of it has the page join the board that has its id now.
      if (status === 'deleted') this.client.channel(BOARD_ROOM, id);
      observer.changed();
    });
  }

  private async load(boardId: string, signal: AbortSignal) {
    const { messages, properties, ...at } = await this.client.request('read_board', { boardId }, { signal });
    const state: BoardState = { position: at, from: 0, cards: messages, properties };
    return { ...at, state };
  }
}
