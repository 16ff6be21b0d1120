import type { Figure, Goals } from '../figure';
import type { JoinMember } from '../members/member';
import type { RunOptions } from '../options';
import { converse, fillRooms, type Rooms, type RoomsShape } from '../rooms';
import { pick, runRounds } from '../rounds';
import type { ServerSettings } from '../server-handle';
import { serverOf, withServers } from '../server-pool';
import type { Variant } from '../variant';
import { measureWindow } from '../window';

/** Who is compared in talking, and by what. The baseline is plain Socket.IO. */
export interface Conversation<Compared extends Variant> {
  readonly title: string;
  readonly shape: RoomsShape;
  readonly variants: readonly Compared[];
  /** How one becomes a member on each. */
  readonly joins: Readonly<Record<Compared, JoinMember>>;
  /** Of the CPU of these ours is to take a part. */
  readonly rivals?: readonly Compared[];
  /** Of the rate. */
  readonly goals?: Goals;
}

/** Members of channels who all send: a message counts once all of its channel have it, its sender included. */
export function measureConversation<Compared extends Variant>(
  { title, shape, variants, joins, rivals, goals }: Conversation<Compared>,
  options: RunOptions & ServerSettings,
): Promise<Figure[]> {
  return withServers(variants, options, async (servers) => {
    const rooms = new Map<Compared, Rooms>();
    for (const variant of variants)
      rooms.set(variant, await fillRooms(shape, serverOf(servers, variant).port, joins[variant]));
    const samples = await runRounds({
      ...{ title, subjects: variants, warmUps: options.warmUps, rounds: options.rounds },
      measure: (variant) => {
        const filled = rooms.get(variant);
        if (!filled) throw new Error(`Nobody talks on ${variant}.`);
        return measureWindow(serverOf(servers, variant), () => converse(filled, options.windowMs));
      },
    });
    const baseline = 'plain';
    return [
      {
        ...{ title, unit: 'server CPU µs a message', decimals: 1, rivals, baseline },
        samples: pick(samples, ({ cpuMicros }) => cpuMicros),
      },
      {
        ...{ title, unit: 'messages a second', decimals: 0, isRate: true, goals, baseline },
        samples: pick(samples, ({ rate }) => rate),
      },
    ];
  });
}
