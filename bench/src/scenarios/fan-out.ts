import { createChannelIds, join, sendMessage } from '../chat-load';
import { runClosedLoop } from '../closed-loop';
import type { Figure, Goals } from '../figure';
import { DELIVERY_LATENCY_GOALS, FAN_OUT_GOALS } from '../goals';
import type { RunOptions } from '../options';
import { pick, runRounds } from '../rounds';
import { serverOf, withServers } from '../server-pool';
import { percentile } from '../statistics';
import type { Variant } from '../variant';
import { measureWindow, type WindowSample } from '../window';
import { connectClients, type WireClient } from '../wire-client';

/** How many are in a channel besides the sender. */
const SIZES = [10, 100, 1_000, 5_000];
/** Messages that are sent together; the next ones when every member has them all. */
const TOGETHER = [1, 4, 16];
const COMPARED: readonly Variant[] = ['ours', 'plain'];
const MOST = 0.99;

/** A window, and how long nearly every delivery took at most from when its message was sent, in milliseconds. */
interface FanOutSample extends WindowSample {
  readonly latencyMs: number;
}

/** A channel full of members and one who sends to it. */
interface Audience {
  readonly sender: WireClient;
  readonly channelId: string;
  readonly members: readonly WireClient[];
  /** Called with every delivery. */
  onDelivery: () => void;
}

async function gather(port: number, count: number): Promise<Audience> {
  const [sender, ...members] = await connectClients(port, count + 1);
  const [channelId] = createChannelIds(1);
  if (!sender || !channelId) throw new Error('Nobody connected.');
  await Promise.all([sender, ...members].map((client) => join(client, channelId)));
  const audience: Audience = { sender, channelId, members, onDelivery: () => undefined };
  for (const member of members) {
    member.onEvent = (frame) => {
      if (frame.startsWith('42["messageBroadcast"')) audience.onDelivery();
    };
  }
  return audience;
}

/** Sends for a while; resolves with how long each delivery took. */
async function send(audience: Audience, together: number, durationMs: number): Promise<number[]> {
  const latencies: number[] = [];
  const start = (_lane: number, done: (error?: Error) => void) => {
    const begun = performance.now();
    let left = audience.members.length * together;
    audience.onDelivery = () => {
      latencies.push(performance.now() - begun);
      left -= 1;
      if (left === 0) done();
    };
    audience.sender.together(() => {
      for (let count = 0; count < together; count += 1) {
        sendMessage(audience.sender, audience.channelId, (error) => error && done(error));
      }
    });
  };
  await runClosedLoop({ lanes: 1, durationMs, start });
  return latencies;
}

function toFigures(
  title: string,
  goals: Goals | undefined,
  samples: ReadonlyMap<Variant, readonly FanOutSample[]>,
): Figure[] {
  const baseline = 'plain';
  return [
    {
      ...{ title, unit: 'server CPU µs a delivery', decimals: 2, goals, baseline },
      samples: pick(samples, ({ cpuMicros }) => cpuMicros),
    },
    {
      ...{ title, unit: 'ms until 99 % are there', decimals: 2, goals: DELIVERY_LATENCY_GOALS, baseline },
      samples: pick(samples, ({ latencyMs }) => latencyMs),
    },
    {
      ...{ title, unit: 'deliveries a second', decimals: 0, isRate: true, baseline },
      samples: pick(samples, ({ rate }) => rate),
    },
  ];
}

async function measureSize(members: number, options: RunOptions): Promise<Figure[]> {
  const goals = FAN_OUT_GOALS[members] ?? {};
  return withServers(COMPARED, options, async (servers) => {
    const audiences = new Map<Variant, Audience>();
    for (const [variant, { port }] of servers) audiences.set(variant, await gather(port, members));
    const measure = async (variant: Variant, together: number): Promise<FanOutSample> => {
      const audience = audiences.get(variant);
      if (!audience) throw new Error(`Nobody listens to ${variant}.`);
      let latencies: number[] = [];
      const sample = await measureWindow(serverOf(servers, variant), async () => {
        latencies = await send(audience, together, options.windowMs);
        return latencies.length;
      });
      return { ...sample, latencyMs: percentile(latencies, MOST) };
    };
    const figures: Figure[] = [];
    for (const together of TOGETHER.filter((count) => !options.isQuick || goals[count])) {
      const title = `fan-out to ${members.toLocaleString('en')} members, ${together} at once`;
      const samples = await runRounds({
        ...{ title, subjects: COMPARED, warmUps: options.warmUps, rounds: Math.ceil(options.rounds / 2) },
        measure: (variant) => measure(variant, together),
      });
      figures.push(...toFigures(title, goals[together], samples));
    }
    return figures;
  });
}

/** Messages to channels of many members: what each delivery costs, and how long it takes. */
export async function measureFanOut(options: RunOptions): Promise<Figure[]> {
  const figures: Figure[] = [];
  const sizes = SIZES.filter((members) => !options.isQuick || FAN_OUT_GOALS[members]);
  for (const size of sizes) figures.push(...(await measureSize(size, options)));
  return figures;
}
