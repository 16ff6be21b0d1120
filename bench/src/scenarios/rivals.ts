import type { Figure } from '../figure';
import { joinOrpc, joinPlain, joinTrpc } from '../members/json-member';
import type { JoinMember } from '../members/member';
import { joinChat, joinFeathers } from '../members/socketio-member';
import type { RunOptions } from '../options';
import { converse, fillRooms, type Rooms, type RoomsShape } from '../rooms';
import { pick, runRounds } from '../rounds';
import { serverOf, withServers } from '../server-pool';
import { RIVALS } from '../variant';
import { measureWindow } from '../window';

const COMPARED = ['ours', 'plain', ...RIVALS] as const;
type Compared = (typeof COMPARED)[number];

const JOINS: Readonly<Record<Compared, JoinMember>> = {
  ours: joinChat,
  plain: joinChat,
  plainWs: joinPlain,
  zodSockets: joinChat,
  feathers: joinFeathers,
  orpc: joinOrpc,
  trpc: joinTrpc,
};

const LOADS: readonly (RoomsShape & { readonly title: string })[] = [
  { title: 'send to oneself, 16 × 4 in flight', rooms: 16, members: 1, inFlight: 4 },
  { title: 'send to all of 16, each 4 in flight', rooms: 1, members: 16, inFlight: 4 },
];

const measureLoad = (load: (typeof LOADS)[number], options: RunOptions): Promise<Figure[]> =>
  withServers(COMPARED, options, async (servers) => {
    const { title } = load;
    const rooms = new Map<Compared, Rooms>();
    for (const variant of COMPARED) {
      rooms.set(variant, await fillRooms(load, serverOf(servers, variant).port, JOINS[variant]));
    }
    const samples = await runRounds({
      ...{ title, subjects: COMPARED, warmUps: options.warmUps, rounds: Math.ceil(options.rounds / 2) },
      measure: (variant) => {
        const filled = rooms.get(variant);
        if (!filled) throw new Error(`Nobody talks on ${variant}.`);
        return measureWindow(serverOf(servers, variant), () => converse(filled, options.windowMs));
      },
    });
    const baseline = 'plain';
    return [
      {
        ...{ title, unit: 'server CPU µs a message', decimals: 1, rivals: RIVALS, baseline },
        samples: pick(samples, ({ cpuMicros }) => cpuMicros),
      },
      {
        ...{ title, unit: 'messages a second', decimals: 0, isRate: true, baseline },
        samples: pick(samples, ({ rate }) => rate),
      },
    ];
  });

/** What the same costs with libraries of others, each as its own documentation has it. */
export async function measureRivals(options: RunOptions): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const load of LOADS) figures.push(...(await measureLoad(load, options)));
  return figures;
}
