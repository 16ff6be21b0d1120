import { expectTypeOf, test } from 'vitest';
import { type DialectEvent, defineDialect } from '../index';
import { type Board, board } from './test-board';

test('what an event is mapped to has the names of the contract', () => {
  defineDialect(board, {
    name: 'legacy',
    receive: {
      right: ([boardId]) => ({ event: 'enter_board', payload: { boardId } }),
      unsent: () => ({ event: 'refresh' }),
      session: ([auth]) => ({ event: 'wirepact:authenticate', payload: { auth } }),
      // @ts-expect-error the contract has no such event
      event: () => ({ event: 'enter_bord', payload: {} }),
      // @ts-expect-error its payload has no such property
      property: ([boardId]) => ({ event: 'enter_board', payload: { bordId: boardId } }),
      // @ts-expect-error a stream needs a client that reads one
      stream: () => ({ event: 'list_cards', payload: { count: 1 } }),
      answered: () => ({
        event: 'move_card',
        payload: {},
        answer: (ack) => {
          if (ack.ok) expectTypeOf(ack.data).toEqualTypeOf<{ position: number }>();
        },
      }),
    },
    send: {},
  });
  expectTypeOf<DialectEvent<Board>['event']>().toEqualTypeOf<
    | ('enter_board' | 'move_card' | 'refresh')
    | ('wirepact:heartbeat' | 'wirepact:authenticate' | 'wirepact:join' | 'wirepact:leave')
    | ('wirepact:watch_presence' | 'wirepact:update_presence')
    | ('wirepact:stream_credit' | 'wirepact:stream_cancel')
  >();
});

test('what is sent is read from the contract’s payload', () => {
  defineDialect(board, {
    name: 'legacy',
    receive: {},
    send: {
      cardMoved: (payload) => {
        expectTypeOf(payload).toEqualTypeOf<{ boardId: string; cardId: string; column: string }>();
        return [];
      },
      // @ts-expect-error it has no such property
      refreshed: ({ cardId }) => [['again', cardId]],
      // @ts-expect-error the contract sends no such event
      cardFlown: () => [],
    },
  });
  defineDialect(board, {
    name: 'legacy',
    receive: {},
    send: {
      // @ts-expect-error a client is asked in the contract's own words
      confirm_move: () => [],
    },
  });
});
