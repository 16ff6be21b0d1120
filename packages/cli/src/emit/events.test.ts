import { describe, expect, test } from 'vitest';
import { live } from '../test-live-contract';
import { toContractDocument } from './contract-document';
import { emitEvents } from './events';
import { awkwardDocument, boardDocument, documentOf, eventOf } from './test-documents';
import { emitTypes } from './typescript';
import { compile } from './typescript/test-compile';

test('an event is a property with its description', () => {
  expect(emitEvents(boardDocument)).toBe(`import type { Ack } from '@wirepact/contract/runtime';
import type {
  CardMoved,
  MoveCard,
  MoveCardReply,
} from './types';

/** What a client emits. */
export interface ClientToServerEvents {
  /**
   * Move a card. Everybody at the board sees it move.
   * Errors: \`CARD_NOT_FOUND\`.
   * @since 1.0
   */
  move_card: (payload: MoveCard, ack?: (answer: Ack<MoveCardReply>) => void) => void;
  /**
   * Ask for the board again.
   * @since 1.0
   */
  refresh: (ack?: (answer: Ack<null>) => void) => void;
}

/** What a client emits where it always asks for the acknowledgement, for a typed \`emitWithAck\`. */
export interface ClientToServerRequests {
  /**
   * Move a card. Everybody at the board sees it move.
   * Errors: \`CARD_NOT_FOUND\`.
   * @since 1.0
   */
  move_card: (payload: MoveCard, ack: (answer: Ack<MoveCardReply>) => void) => void;
  /**
   * Ask for the board again.
   * @since 1.0
   */
  refresh: (ack: (answer: Ack<null>) => void) => void;
}

/** What a server emits. */
export interface ServerToClientEvents {
  /**
   * A card was moved.
   * @since 1.1
   * @deprecated Use \`cardPlaced\`.
   */
  cardMoved: (payload: CardMoved) => void;
}
`);
});

/** What TypeScript says of \`code\`, which is given a typed server and clients of the board. */
const check = (code: string) =>
  compile({
    'types.ts': emitTypes(boardDocument),
    'events.ts': emitEvents(boardDocument),
    'use.ts': `import { Server } from 'socket.io';
import type { Socket } from 'socket.io-client';
import type { ClientToServerEvents, ClientToServerRequests, ServerToClientEvents } from './events';
export const server = new Server<ClientToServerEvents, ServerToClientEvents>();
export declare const client: Socket<ServerToClientEvents, ClientToServerEvents>;
export declare const asking: Socket<ServerToClientEvents, ClientToServerRequests>;
export const move = { boardId: 'b', cardId: 'c', column: 'done' } as const;
${code}`,
  }).map((error) => error.replace(/^use\.ts:\d+ /, ''));

describe('with Socket.IO’s own types', () => {
  test('what is right compiles', () => {
    expect(
      check(`
client.emit('move_card', move);
client.emit('move_card', move, (answer) => answer.ok ? answer.data.position.toFixed() : answer.error.code.trim());
client.emit('refresh');
client.on('cardMoved', ({ cardId }) => cardId.trim());
server.emit('cardMoved', { cardId: 'c', more: [1] });
server.on('connection', (socket) => {
  socket.on('move_card', ({ at }, ack) => ack?.({ ok: true, data: { position: at?.x ?? 0 } }));
  socket.to('room').emit('cardMoved', { cardId: 'c' });
});
export async function position(): Promise<number | null> {
  const answer = await asking.emitWithAck('move_card', move);
  const empty = await asking.emitWithAck('refresh');
  return answer.ok ? answer.data.position : empty.ok ? empty.data : null;
}`),
    ).toEqual([]);
  });

  const WRONG: readonly (readonly [code: string, message: RegExp])[] = [
    [`client.emit('move_card', { ...move, column: 'doing' });`, /'"doing"' is not assignable/],
    [`client.emit('move_card');`, /Expected 2-3 arguments/],
    [`client.emit('move_cart', move);`, /'"move_cart"' is not assignable/],
    [`client.emit('refresh', move);`, /not assignable/],
    [`client.on('cardMoved', ({ cardId }) => cardId.toFixed());`, /'toFixed' does not exist/],
    [`server.emit('cardMoved', { card: 'c' });`, /not assignable/],
    [`server.emit('move_card', move);`, /not assignable/],
    [
      `server.on('connection', (socket) => socket.on('refresh', (ack) => ack?.({ ok: true, data: 1 })));`,
      /not assignable/,
    ],
  ];

  test('what is wrong does not, each once', () => {
    const errors = check(WRONG.map(([code]) => code).join('\n'));
    expect(errors).toEqual(WRONG.map(([, message]) => expect.stringMatching(message)));
  });
});

test('names that need quotes, and types with the names of the module’s own, are told apart', () => {
  const modules = { 'types.ts': emitTypes(awkwardDocument), 'events.ts': emitEvents(awkwardDocument) };
  expect(compile(modules)).toEqual([]);
  expect(modules['events.ts']).toContain('  Ack as AckType,\n');
  expect(modules['events.ts']).toContain(
    "  'card:moved?': (payload: AckType, ack?: (answer: Ack<null>) => void) => void;",
  );
});

test('a type called as an alias would be is left alone', () => {
  const used = (name: string) => eventOf({ payload: { $ref: `#/$defs/${name}` } });
  const document = documentOf(
    { Ack: { const: 1 }, AckType: { const: 2 } },
    { clientToServer: { a: used('Ack'), b: used('AckType') } },
  );
  const text = emitEvents(document, '../board types');
  expect(text).toContain("  Ack as AckTypeType,\n  AckType,\n} from '../board types';");
});

test('a contract without events gives empty maps', () => {
  expect(emitEvents(documentOf({}))).toMatch(
    /^\/\*\* What a client emits\. \*\/\nexport interface ClientToServerEvents \{\}\n/,
  );
});

test('streams, questions of the server and what errors tell have their types', () => {
  const text = emitEvents(toContractDocument(live));
  expect(text).toContain(
    'list_cards: (payload: ListCards, ack?: (answer: Ack<{ stream: string }>) => void) => void;',
  );
  expect(text).toContain(
    'list_cards: (payload: ListCards, ack: (answer: Ack<{ stream: string }>) => void) => void;',
  );
  expect(text).toContain('It answers with a stream');
  expect(text).toContain(
    'confirm_move: (payload: ConfirmMove, ack: (answer: Ack<ConfirmMoveReply>) => void) => void;',
  );
  expect(text).toContain('export interface StreamItems {\n  list_cards: ListCardsItem;\n}\n');
  expect(text).toContain('export interface ErrorData {\n  CARD_LOCKED: CardLockedData;\n}\n');
  expect(text).toContain('export interface PresenceStates {\n  board: BoardPresence;\n}\n');
  expect(compile({ 'events.ts': text, 'types.ts': emitTypes(toContractDocument(live)) })).toEqual([]);
});
