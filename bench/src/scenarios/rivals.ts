import type { Figure } from '../figure';
import { joinOrpc, joinPlain, joinTrpc } from '../members/json-member';
import type { JoinMember } from '../members/member';
import { joinChat, joinFeathers } from '../members/socketio-member';
import type { RunOptions } from '../options';
import { RIVALS } from '../variant';
import { measureConversation } from './conversations';

const COMPARED = ['ours', 'plain', ...RIVALS] as const;

const JOINS: Readonly<Record<(typeof COMPARED)[number], JoinMember>> = {
  ours: joinChat,
  plain: joinChat,
  plainWs: joinPlain,
  zodSockets: joinChat,
  feathers: joinFeathers,
  orpc: joinOrpc,
  trpc: joinTrpc,
};

const LOADS = [
  { title: 'send to oneself, 16 × 4 in flight', shape: { rooms: 16, members: 1, inFlight: 4 } },
  { title: 'send to all of 16, each 4 in flight', shape: { rooms: 1, members: 16, inFlight: 4 } },
];

/** What the same costs with libraries of others, each as its own documentation has it. */
export async function measureRivals(options: RunOptions): Promise<Figure[]> {
  const figures: Figure[] = [];
  const fewer = { ...options, rounds: Math.ceil(options.rounds / 2) };
  for (const load of LOADS) {
    const conversation = { ...load, variants: COMPARED, joins: JOINS, rivals: RIVALS };
    figures.push(...(await measureConversation(conversation, fewer)));
  }
  return figures;
}
