import { createChannelIds, join, sendMessage } from '../chat-load';
import { runClosedLoop } from '../closed-loop';
import type { Figure, Goals } from '../figure';
import type { RunOptions } from '../options';
import { pick, runRounds } from '../rounds';
import type { ServerSettings } from '../server-handle';
import { serverOf, withServers } from '../server-pool';
import type { Variant } from '../variant';
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

/** Who is compared in sending, and by what. */
export interface SendComparison {
  readonly name: string;
  readonly variants: readonly Variant[];
  readonly baseline: Variant;
  readonly goals: Goals;
}

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

async function measureShape(
  shape: Shape,
  { name, variants, baseline, goals }: SendComparison,
  options: RunOptions & ServerSettings,
): Promise<Figure[]> {
  const title = `${name}, ${shape.connections} × ${shape.inFlight} in flight`;
  return withServers(variants, options, async (servers) => {
    const senders = new Map<Variant, Sender[]>();
    for (const [variant, { port }] of servers) {
      senders.set(variant, await connectSenders(port, shape.connections));
    }
    const samples = await runRounds({
      ...{ title, subjects: variants, warmUps: options.warmUps, rounds: options.rounds },
      measure: (variant) =>
        measureWindow(serverOf(servers, variant), () =>
          load(senders.get(variant) ?? [], shape, options.windowMs),
        ),
    });
    return [
      {
        ...{ title, unit: 'server CPU µs a message', decimals: 1, goals, baseline },
        samples: pick(samples, ({ cpuMicros }) => cpuMicros),
      },
      {
        ...{ title, unit: 'messages a second', decimals: 0, isRate: true, baseline },
        samples: pick(samples, ({ rate }) => rate),
      },
    ];
  });
}

/** `send_message` with an acknowledgement, each sender alone in its channel, in every shape. */
export async function measureShapes(
  comparison: SendComparison,
  options: RunOptions & ServerSettings,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const shape of SHAPES) figures.push(...(await measureShape(shape, comparison, options)));
  return figures;
}
