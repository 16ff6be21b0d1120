import type { Polls } from '../../test/polls-fixture';
import type { Channel, ChatClient, ChatClientWithRooms, EventPayload, Observable } from '../index';

type Equal<Left, Right> =
  (<T>() => T extends Left ? 1 : 2) extends <T>() => T extends Right ? 1 : 2 ? true : false;
const same = <Left, Right>(_isSame: Equal<Left, Right>) => {};

declare const chat: ChatClientWithRooms<Polls>;
declare const plain: ChatClient;
declare const channel: Channel<Polls>;

export async function rooms() {
  const poll = chat.channel('poll', 'p1');
  // @ts-expect-error the chat's channels are joined
  chat.channel('channel', 'c1');
  // @ts-expect-error there are no such rooms
  chat.channel('board', 'b1');
  // @ts-expect-error the option `channels` is missing
  plain.channel('poll', 'p1');
  poll.on('voteCast', ({ choice, seq }) =>
    same<[typeof choice, typeof seq], [number, number | undefined]>(true),
  );
  // @ts-expect-error it is told in channels
  poll.on('pollCreated', () => {});
  const votes = poll.reduce((sum: number, { payload }) => sum + payload.choice, 0);
  same<typeof votes, Observable<number>>(true);
  same<Awaited<ReturnType<typeof poll.send<'cast_vote'>>>, null>(true);
  // @ts-expect-error a vote is a number
  await poll.send('cast_vote', { pollId: 'p1', choice: 'tea' });
  // @ts-expect-error it has no key
  await poll.send('create_poll', { channelId: 'c1', question: '?' });
}

export function events() {
  channel.on('pollCreated', (poll) => same<typeof poll, EventPayload<Polls, 'pollCreated'>>(true));
  channel.on('messageBroadcast', ({ text }) => same<typeof text, string>(true));
  // @ts-expect-error it belongs to a room of its own, though it names a channel
  channel.on('voteCast', () => {});
}
