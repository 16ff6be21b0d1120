import * as Type from 'typebox';
import { defineContract } from './define-contract';
import { defineEvent } from './define-event';
import type { WirepactError } from './error';
import type {
  AnswerOf,
  ClientToServerEventsOf,
  CodeOf,
  DurableNames,
  ErrorDataOf,
  EventErrorOf,
  Handlers,
  ItemOf,
  JournalEventOf,
  KeyedNames,
  NamesInRoom,
  PayloadOf,
  RequestNames,
  RoomNames,
  ServerRequestNames,
  ServerToClientEventsOf,
  StreamNames,
} from './infer';

type Equal<Left, Right> =
  (<T>() => T extends Left ? 1 : 2) extends <T>() => T extends Right ? 1 : 2 ? true : false;
const is = <_ extends true>() => undefined;

const boardRoom = { name: 'board', property: 'boardId' } as const;
const board = defineContract({
  name: 'board',
  version: '1.0.0',
  errors: {
    CARD_LOCKED: {
      description: 'Somebody else has the card.',
      retryable: true,
      action: 'Wait until it is put down.',
      data: Type.Object({ by: Type.String() }),
    },
    BOARD_FULL: { description: 'No room.', retryable: false, action: 'Remove cards.' },
  },
  clientToServer: {
    move_card: defineEvent({
      description: 'Move a card.',
      payload: Type.Object({ boardId: Type.String(), cardId: Type.String(), moveId: Type.String() }),
      reply: Type.Object({ position: Type.Integer() }),
      errors: ['CARD_LOCKED'],
      key: 'moveId',
      room: boardRoom,
    }),
    list_cards: defineEvent({
      description: 'All cards.',
      payload: Type.Object({ after: Type.Optional(Type.String()) }),
      stream: Type.Object({ id: Type.String() }),
      resume: { item: 'id', payload: 'after' },
    }),
    refresh: defineEvent({ description: 'Ask again.' }),
  },
  serverToClient: {
    cardMoved: defineEvent({
      description: 'A card was moved.',
      payload: Type.Object({ boardId: Type.String(), cardId: Type.String() }),
      durable: true,
      room: boardRoom,
    }),
    confirm_move: defineEvent({
      description: 'Ask the user.',
      payload: Type.Object({ cardId: Type.String() }),
      reply: Type.Boolean(),
    }),
    refreshed: defineEvent({ description: 'The board was sent again.' }),
  },
});
type Board = typeof board;
type Asked = Board['clientToServer'];

is<Equal<CodeOf<Asked['move_card']>, 'CARD_LOCKED'>>();
is<Equal<CodeOf<Asked['refresh']>, never>>();
is<Equal<ErrorDataOf<Board, 'CARD_LOCKED'>, { by: string }>>();
is<Equal<ErrorDataOf<Board, 'BOARD_FULL'>, undefined>>();
is<Equal<EventErrorOf<Board, 'move_card'>, WirepactError<'CARD_LOCKED', { by: string }>>>();
is<Equal<EventErrorOf<Board, 'refresh'>, never>>();
is<Equal<ItemOf<Asked['list_cards']>, { id: string }>>();
is<Equal<ItemOf<Asked['move_card']>, never>>();
is<Equal<StreamNames<Asked>, 'list_cards'>>();
is<Equal<RequestNames<Asked>, 'move_card' | 'refresh'>>();
is<Equal<KeyedNames<Asked>, 'move_card'>>();
is<Equal<DurableNames<Board['serverToClient']>, 'cardMoved'>>();
is<Equal<ServerRequestNames<Board>, 'confirm_move'>>();
is<Equal<RoomNames<Board>, 'board'>>();
is<Equal<NamesInRoom<Board['serverToClient'], 'board'>, 'cardMoved'>>();
is<Equal<NamesInRoom<Board['serverToClient'], 'desk'>, never>>();
is<Equal<NamesInRoom<Board['serverToClient'], string>, 'cardMoved'>>();
is<Equal<JournalEventOf<Board, 'board'>, { readonly event: 'cardMoved'; readonly payload: Moved }>>();
is<Equal<JournalEventOf<Board, 'desk'>, never>>();

type Moved = PayloadOf<Board['serverToClient']['cardMoved']>;
const moved: Moved = { boardId: 'b', cardId: 'c', epoch: 'e', seq: 1 };
is<Equal<Moved['seq'], number | undefined>>();

interface Heard extends ServerToClientEventsOf<Board> {}
is<Equal<Parameters<Heard['refreshed']>, []>>();
const confirm: Heard['confirm_move'] = ({ cardId }, ack) => ack({ ok: true, data: cardId === '' });
// @ts-expect-error the answer is not what the contract says
const confirmWrongly: Heard['confirm_move'] = (_, ack) => ack({ ok: true, data: 'yes' });
interface Sent extends ClientToServerEventsOf<Board> {}
is<Equal<Parameters<Sent['refresh']>['length'], 0 | 1>>();
is<Equal<AnswerOf<Asked['list_cards']>, { stream: string }>>();
is<Equal<AnswerOf<Asked['move_card']>, { position: number }>>();
is<Equal<AnswerOf<Asked['refresh']>, null>>();

const handlers = {
  move_card: () => ({ position: 1 }),
  async *list_cards(_: unknown, { after }: { after?: string }) {
    yield { id: after ?? 'first' };
  },
  refresh: () => null,
};
handlers satisfies Handlers<Board, undefined>;
async function* listWrongly() {
  yield { id: 1 };
}
// @ts-expect-error an item is not what the contract says
({ ...handlers, list_cards: listWrongly }) satisfies Handlers<Board, undefined>;
// @ts-expect-error it answers with a stream
({ ...handlers, list_cards: () => ({ id: '' }) }) satisfies Handlers<Board, undefined>;

export { confirm, confirmWrongly, moved };
