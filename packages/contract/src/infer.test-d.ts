import type { Server } from 'socket.io';
import type { Socket } from 'socket.io-client';
import type { Handlers, PayloadOf, ReplyOf } from './infer';
import type { BoardClientToServer, BoardRequests, BoardServerToClient, board } from './test-contract';

type Equal<Left, Right> =
  (<T>() => T extends Left ? 1 : 2) extends <T>() => T extends Right ? 1 : 2 ? true : false;
const is = <_ extends true>() => undefined;

type Move = (typeof board)['clientToServer']['move_card'];
is<Equal<PayloadOf<Move>, { cardId: string; column: 'todo' | 'done' }>>();
is<Equal<ReplyOf<Move>, { position: number }>>();
is<Equal<ReplyOf<(typeof board)['clientToServer']['refresh']>, null>>();

declare const server: Server<BoardClientToServer, BoardServerToClient>;
declare const client: Socket<BoardServerToClient, BoardClientToServer>;
declare const asking: Socket<BoardServerToClient, BoardRequests>;
const move = { cardId: 'c', column: 'done' } as const;

client.emit('move_card', move);
client.emit('move_card', move, (answer) => answer.ok && answer.data.position.toFixed());
client.emit('refresh');
client.on('cardMoved', ({ cardId }) => cardId.trim());
// @ts-expect-error there is no such event
client.emit('move_cart', move);
// @ts-expect-error a column that the contract does not have
client.emit('move_card', { cardId: 'c', column: 'doing' });
// @ts-expect-error a payload is missing
client.emit('move_card');
// @ts-expect-error what the event carries has no such property
client.on('cardMoved', ({ column }) => column);
// @ts-expect-error the server does not emit this
server.emit('move_card', move);

async function answers() {
  const answer = await asking.emitWithAck('move_card', move);
  if (answer.ok) is<Equal<typeof answer.data, { position: number }>>();
  else is<Equal<typeof answer.error.code, string>>();
}

const handlers = { move_card: () => ({ position: 1 }), refresh: () => null };
handlers satisfies Handlers<typeof board, undefined>;
// @ts-expect-error the handler of `refresh` is missing
({ move_card: () => ({ position: 1 }) }) satisfies Handlers<typeof board, undefined>;
// @ts-expect-error the reply is not what the contract says
({ ...handlers, move_card: () => ({ position: 'first' }) }) satisfies Handlers<typeof board, undefined>;
const misread = (_: undefined, { card }: { card: number }) => ({ position: card });
// @ts-expect-error the payload is not what the contract says
({ ...handlers, move_card: misread }) satisfies Handlers<typeof board, undefined>;

export { answers };
