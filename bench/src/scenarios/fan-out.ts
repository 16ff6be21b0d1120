import { createChannelIds, join, sendMessage } from '../chat-load';
import { runClosedLoop } from '../closed-loop';
import { type Figure, GOAL_RATIO } from '../figure';
import type { RunOptions } from '../options';
import { pick, runRounds } from '../rounds';
import { serverOf, withServers } from '../server-pool';
import type { Variant } from '../variant';
import { measureWindow } from '../window';
import { connectClients, type WireClient } from '../wire-client';

/** A channel and what is sent to it at once. */
interface Shape {
  /** Members besides the sender. */
  readonly members: number;
  /** Messages that are sent together; the next ones when every member has them all. */
  readonly together: number;
}

const SHAPES: readonly Shape[] = [100, 1_000].flatMap((members) =>
  [1, 4, 16].map((together) => ({ members, together })),
);
const COMPARED: readonly Variant[] = ['ours', 'plain'];

/** A channel full of members and one who sends to it. */
interface Audience {
  readonly sender: WireClient;
  readonly channelId: string;
  /** Called with every delivery. */
  onDelivery: () => void;
}

async function gather(port: number, count: number): Promise<Audience> {
  const [sender, ...members] = await connectClients(port, count + 1);
  const [channelId] = createChannelIds(1);
  if (!sender || !channelId) throw new Error('Nobody connected.');
  await Promise.all([sender, ...members].map((client) => join(client, channelId)));
  const audience: Audience = { sender, channelId, onDelivery: () => undefined };
  for (const member of members) {
    member.onEvent = (frame) => {
      if (frame.startsWith('42["messageBroadcast"')) audience.onDelivery();
    };
  }
  return audience;
}

/** Sends for a while; resolves with the number of deliveries. */
async function send(audience: Audience, { members, together }: Shape, durationMs: number): Promise<number> {
  const start = (_lane: number, done: (error?: Error) => void) => {
    let left = members * together;
    audience.onDelivery = () => {
      left -= 1;
      if (left === 0) done();
    };
    audience.sender.together(() => {
      for (let count = 0; count < together; count += 1) {
        sendMessage(audience.sender, audience.channelId, (error) => error && done(error));
      }
    });
  };
  return members * together * (await runClosedLoop({ lanes: 1, durationMs, start }));
}

async function measureShape(shape: Shape, options: RunOptions): Promise<Figure[]> {
  const title = `fan-out to ${shape.members.toLocaleString('en')} members, ${shape.together} at once`;
  return withServers(COMPARED, options, async (servers) => {
    const audiences = new Map<Variant, Audience>();
    for (const [variant, { port }] of servers) audiences.set(variant, await gather(port, shape.members));
    const samples = await runRounds({
      ...{ title, subjects: COMPARED, warmUps: options.warmUps, rounds: options.rounds },
      measure: async (variant) => {
        const audience = audiences.get(variant);
        if (!audience) throw new Error(`Nobody listens to ${variant}.`);
        return measureWindow(serverOf(servers, variant), () => send(audience, shape, options.windowMs));
      },
    });
    const baseline = 'plain';
    return [
      {
        ...{ title, unit: 'server CPU µs a delivery', decimals: 2, goal: GOAL_RATIO, baseline },
        samples: pick(samples, ({ cpuMicros }) => cpuMicros),
      },
      {
        ...{ title, unit: 'deliveries a second', decimals: 0, baseline },
        samples: pick(samples, ({ rate }) => rate),
      },
    ];
  });
}

/** Messages to channels of many members: what each delivery costs. */
export async function measureFanOut(options: RunOptions): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const shape of SHAPES) figures.push(...(await measureShape(shape, options)));
  return figures;
}
