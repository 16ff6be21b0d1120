import { expect, test } from 'vitest';
import { joinOrpc, joinPlain, joinTrpc } from '../../members/json-member';
import type { JoinMember } from '../../members/member';
import { joinChat, joinFeathers } from '../../members/socketio-member';
import { converse, fillRooms } from '../../rooms';
import { startFeathers } from './feathers';
import { startOrpc } from './orpc';
import { startPlainWs } from './plain-ws';
import { startTrpc } from './trpc';
import { startZodSockets } from './zod-sockets';

const RIVALS: readonly (readonly [name: string, start: () => Promise<number>, join: JoinMember])[] = [
  ['ws and JSON', startPlainWs, joinPlain],
  ['zod-sockets', startZodSockets, joinChat],
  ['Feathers', startFeathers, joinFeathers],
  ['oRPC', startOrpc, joinOrpc],
  ['tRPC', startTrpc, joinTrpc],
];

test.each(RIVALS)(
  '%s answers every message and delivers it to each of its channel, once',
  async (_, start, join) => {
    const rooms = await fillRooms({ rooms: 2, members: 3, inFlight: 4 }, await start(), join);
    expect(await converse(rooms, 50)).toBeGreaterThan(0);
  },
);

// What zod-sockets refuses is not answered at all.
const ANSWERING = RIVALS.filter(([name]) => ['Feathers', 'oRPC', 'tRPC'].includes(name));

test.each(ANSWERING)('%s refuses a message to what is no channel', async (_, start, join) => {
  const port = await start();
  const joined = await join(port, 'nowhere', () => undefined).catch((error: Error) => error);
  if (joined instanceof Error) return;
  const answer = await new Promise<Error | undefined>((resolve) => joined.send(resolve));
  expect(answer).toBeInstanceOf(Error);
});
