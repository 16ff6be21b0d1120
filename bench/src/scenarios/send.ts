import { createChannelIds, join, sendMessage } from '../chat-load';
import { runClosedLoop } from '../closed-loop';
import { type Figure, GOAL_RATIO } from '../figure';
import type { RunOptions } from '../options';
import { pick, runRounds } from '../rounds';
import { withServers } from '../server-pool';
import { VARIANTS } from '../variant';
import { measureWindow } from '../window';
import { connectClients, type WireClient } from '../wire-client';

/** How many clients send how much at once. */
interface Shape {
  connections: number;
  inFlight: number;
}

const SHAPES: readonly Shape[] = [
  { connections: 16, inFlight: 4 },
  { connections: 1, inFlight: 64 },
];

/** A client in a channel of its own. */
interface Sender {
  client: WireClient;
  channelId: string;
}

async function connectSenders(port: number, count: number): Promise<Sender[]> {
  const clients = await connectClients(port, count);
  const channelIds = createChannelIds(count);
  const senders = clients.map((client, index) => ({ client, channelId: channelIds[index] ?? '' }));
  await Promise.all(senders.map(({ client, channelId }) => join(client, channelId)));
  return senders;
}

const load = (senders: readonly Sender[], { inFlight }: Shape, durationMs: number) =>
  runClosedLoop({
    lanes: senders.length * inFlight,
    durationMs,
    start: (lane, done) => {
      const sender = senders[lane % senders.length];
      if (sender) sendMessage(sender.client, sender.channelId, done);
    },
  });

/** `send_message` with an acknowledgement, each sender alone in its channel. */
async function measureShape(shape: Shape, options: RunOptions): Promise<Figure[]> {
  const title = `send → ack, ${shape.connections} × ${shape.inFlight} in flight`;
  return withServers(VARIANTS, options.nodeOptions, async (servers) => {
    const targets = new Map(
      await Promise.all(
        [...servers].map(
          async ([variant, server]) =>
            [variant, { server, senders: await connectSenders(server.port, shape.connections) }] as const,
        ),
      ),
    );
    const samples = await runRounds({
      ...{ title, variants: VARIANTS, warmUps: options.warmUps, rounds: options.rounds },
      measure: async (variant) => {
        const target = targets.get(variant);
        if (!target) throw new Error(`No server for ${variant}.`);
        return measureWindow(target.server, () => load(target.senders, shape, options.windowMs));
      },
    });
    return [
      {
        ...{ title, unit: 'server CPU µs a message', decimals: 1, goal: GOAL_RATIO },
        samples: pick(samples, ({ cpuMicros }) => cpuMicros),
      },
      { title, unit: 'messages a second', decimals: 0, samples: pick(samples, ({ rate }) => rate) },
    ];
  });
}

/** Messages that only their sender gets back. */
export async function measureSend(options: RunOptions): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const shape of SHAPES) figures.push(...(await measureShape(shape, options)));
  return figures;
}
