import { SESSION_NAMES } from '@wirepact/contract/runtime';
import { BOARD_ROOM } from './board-contract';
import type { AskedChange } from './chaos-client';
import { nameOfText, toText } from './chaos-text';
import type { ChannelEvent, JournalRecord, Position, Properties } from './run-record';
import type { HistoryPage, Wire, WireRequest } from './wire';

/** What the events of a board carry, together. */
interface BoardPayload extends Partial<Position> {
  readonly boardId: string;
  readonly card?: string;
  readonly text?: string;
  readonly by?: string;
  readonly updates?: Properties;
}

/** What a durable event of the board tells; one that is only expected has the number 0. */
export function toBoardRecord(event: string, payload: object): JournalRecord | undefined {
  // What these events carry, the contract says.
  const { card = '', text = '', by = '', updates = {}, seq = 0 } = payload as BoardPayload;
  switch (event) {
    case 'cardMoved': {
      const subject = nameOfText(text);
      return { seq, event: 'sent', subject, message: { id: card, seq, senderId: by, text: subject } };
    }
    case 'cardRemoved':
      return { seq, event: 'deleted', subject: card };
    case 'boardCleared':
      return { seq, event: 'cleared', subject: '' };
    case 'boardChanged':
      return { seq, event: 'updated', subject: JSON.stringify(updates), updates };
    default:
      return undefined;
  }
}

function toEvent(event: string, payload: object): ChannelEvent | undefined {
  if (event === SESSION_NAMES.deleted) {
    const { room, id: channelId, epoch, seq } = payload as Position & { room: string; id: string };
    return room === BOARD_ROOM ? { channelId, epoch, seq, event: 'ended', subject: '' } : undefined;
  }
  const record = toBoardRecord(event, payload);
  const { boardId: channelId, epoch = '' } = payload as BoardPayload;
  return record && { ...record, channelId, epoch };
}

function toRequest(asked: AskedChange): WireRequest {
  const { channelId: boardId } = asked;
  switch (asked.kind) {
    case 'delete':
      return ['remove_card', { boardId, card: asked.messageId }];
    case 'update':
      return ['change_board', { boardId, updates: asked.updates }];
    case 'clear':
      return ['clear_board', { boardId }];
    case 'deleteChannel':
      return ['delete_board', { boardId }];
    case 'cancel':
      throw new Error('Nobody answers on a board.');
  }
}

/** What is sent to put the card of a message on a board: its name is that of the send, too. */
export const toMove = (boardId: string, name: string) => ({
  ...{ boardId, card: name, text: toText(name), moveId: name },
});

/** A board: cards in rooms that have a journal, by the session's own events. */
export const boardWire: Wire = {
  auth: (as) => ({ as }),
  events: ['cardMoved', 'cardRemoved', 'boardCleared', 'boardChanged', SESSION_NAMES.deleted],
  toEvent,
  join: (id, resume) => [SESSION_NAMES.join, { room: BOARD_ROOM, id, ...(resume && { resume }) }],
  send: (boardId, name) => ['move_card', toMove(boardId, name)],
  toReceipt(reply, id) {
    const { epoch, seq } = reply as Position;
    return { id, epoch, seq };
  },
  change: toRequest,
  readHistory: (boardId) => ['read_board', { boardId }],
  toHistory: (reply) => ({ ...(reply as Omit<HistoryPage, 'hasMore'>), hasMore: false }),
  askPosition: (boardId) => ['find_board', { boardId }],
};
