import { defineContract, defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { afterEach, beforeEach } from 'vitest';
import {
  type ContractClient,
  type ContractClientOptions,
  channels,
  createContractClient,
} from '../src/index';
import { SocketServer, success } from './socket-server';

const room = { name: 'board', property: 'boardId' } as const;

/** A contract with nothing of chat in it. */
export const board = defineContract({
  name: 'board',
  version: '1.3.0',
  errors: {
    CARD_LOCKED: {
      description: 'Somebody has it.',
      retryable: false,
      action: 'Wait.',
      data: Type.Object({ by: Type.String() }),
    },
  },
  presence: {
    board: Type.Object({ typing: Type.Optional(Type.Boolean()), at: Type.Optional(Type.Number()) }),
  },
  clientToServer: {
    move_card: defineEvent({
      description: 'Moves a card.',
      payload: Type.Object({
        card: Type.String(),
        column: Type.String(),
        moveId: Type.Optional(Type.String()),
      }),
      reply: Type.Object({ position: Type.Integer() }),
      errors: ['CARD_LOCKED'],
      key: 'moveId',
    }),
    list_cards: defineEvent({
      description: 'Lists cards.',
      payload: Type.Object({ column: Type.String() }),
      stream: Type.Object({ id: Type.Integer() }),
      errors: ['CARD_LOCKED'],
    }),
    follow_cards: defineEvent({
      description: 'Lists cards, and goes on.',
      payload: Type.Object({ column: Type.String(), after: Type.Optional(Type.Integer()) }),
      stream: Type.Object({ id: Type.Integer() }),
      resume: { item: 'id', payload: 'after' },
    }),
    place_card: defineEvent({
      description: 'Puts a card into a column.',
      payload: Type.Object({
        boardId: Type.String(),
        card: Type.String(),
        column: Type.String(),
        moveId: Type.Optional(Type.String()),
      }),
      reply: Type.Object({ seq: Type.Integer() }),
      errors: ['CARD_LOCKED'],
      key: 'moveId',
      room,
    }),
    refresh: defineEvent({ description: 'Asks for the board again.' }),
  },
  serverToClient: {
    cardMoved: defineEvent({
      description: 'A card was moved.',
      payload: Type.Object({ card: Type.String(), column: Type.String() }),
    }),
    cardPlaced: defineEvent({
      description: 'A card is in another column.',
      payload: Type.Object({
        boardId: Type.String(),
        card: Type.String(),
        column: Type.String(),
        moveId: Type.Optional(Type.String()),
      }),
      durable: true,
      key: 'moveId',
      room,
    }),
    pointed: defineEvent({
      description: 'Somebody points at a card.',
      payload: Type.Object({ boardId: Type.String(), card: Type.String() }),
      room,
    }),
    confirm: defineEvent({
      description: 'Asks whether a card may go.',
      payload: Type.Object({ card: Type.String() }),
      reply: Type.Object({ yes: Type.Boolean() }),
    }),
  },
});

/** A server of the board for every test, and clients that are closed after it. */
export function useBoardFixture() {
  const clients: ContractClient<typeof board>[] = [];
  const fixture = {
    server: undefined as unknown as SocketServer,
    /** A client that reconnects within milliseconds and sends no heartbeats. */
    client(options: ContractClientOptions = {}): ContractClient<typeof board> {
      const client = createContractClient(fixture.server.url, board, {
        transports: ['websocket'],
        reconnectionDelay: 5,
        reconnectionDelayMax: 20,
        heartbeatIntervalMs: 0,
        channels,
        ...options,
      });
      clients.push(client);
      return client;
    },
  };
  beforeEach(async () => {
    fixture.server = await SocketServer.start();
    Object.assign(fixture.server.answers, {
      move_card: () => success({ position: 3 }),
      refresh: () => success(null),
    });
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await fixture.server.close();
  });
  return fixture;
}
