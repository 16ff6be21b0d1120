import { createChannelIds, join, sendMessage } from '../chat-load';
import { runClosedLoop } from '../closed-loop';
import { type Figure, GOAL_RATIO } from '../figure';
import type { RunOptions } from '../options';
import { pick, runRounds } from '../rounds';
import { serverOf, withServers } from '../server-pool';
import type { Variant } from '../variant';
import { measureWindow } from '../window';
import { connectClients } from '../wire-client';

/** Members besides the sender. */
const MEMBERS = 100;
/** Messages under way: the next one is sent when every member has one. */
const IN_FLIGHT = 4;
const COMPARED: readonly Variant[] = ['ours', 'plain'];

/** A channel full of members and one who sends to it. */
interface Audience {
  /** Sends for a while; resolves with the number of deliveries. */
  run(durationMs: number): Promise<number>;
}

async function gather(port: number): Promise<Audience> {
  const [sender, ...members] = await connectClients(port, MEMBERS + 1);
  const [channelId] = createChannelIds(1);
  if (!sender || !channelId) throw new Error('Nobody connected.');
  await Promise.all([sender, ...members].map((client) => join(client, channelId)));
  const waiting: (() => void)[] = [];
  let deliveries = 0;
  for (const member of members) {
    member.onEvent = (frame) => {
      if (!frame.startsWith('42["messageBroadcast"')) return;
      deliveries += 1;
      if (deliveries % MEMBERS === 0) waiting.shift()?.();
    };
  }
  const start = (_lane: number, done: (error?: Error) => void) => {
    waiting.push(done);
    sendMessage(sender, channelId, (error) => error && done(error));
  };
  return {
    run: async (durationMs) => MEMBERS * (await runClosedLoop({ lanes: IN_FLIGHT, durationMs, start })),
  };
}

/** Messages to a channel of 100 members: what each delivery costs. */
export async function measureFanOut(options: RunOptions): Promise<Figure[]> {
  const title = `fan-out to ${MEMBERS} members`;
  return withServers(COMPARED, options, async (servers) => {
    const audiences = new Map<Variant, Audience>();
    for (const [variant, { port }] of servers) audiences.set(variant, await gather(port));
    const samples = await runRounds({
      ...{ title, subjects: COMPARED, warmUps: options.warmUps, rounds: options.rounds },
      measure: async (variant) => {
        const audience = audiences.get(variant);
        if (!audience) throw new Error(`Nobody listens to ${variant}.`);
        return measureWindow(serverOf(servers, variant), () => audience.run(options.windowMs));
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
