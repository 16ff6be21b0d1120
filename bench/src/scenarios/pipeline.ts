import { join as joinPath } from 'node:path';
import { createChannelIds, join, sendMessage } from '../chat-load';
import { runClosedLoop } from '../closed-loop';
import type { Figure } from '../figure';
import { PIPELINE_GOALS } from '../goals';
import type { RunOptions } from '../options';
import { pick, runRounds } from '../rounds';
import { serverOf, withServers } from '../server-pool';
import { withTemporaryFolder } from '../temporary-folder';
import type { Variant } from '../variant';
import { measureWindow } from '../window';
import { connectClients, type WireClient } from '../wire-client';

/** Members of the one channel, who all send. */
const MEMBERS = 16;
/** Messages of each member under way. */
const IN_FLIGHT = 4;
const COMPARED: readonly Variant[] = ['ours', 'sqlite', 'plain'];
const FILE = 'pipeline.db';

interface Room {
  readonly channelId: string;
  readonly members: readonly WireClient[];
  /** Deliveries of messages to all members together, so far. */
  delivered: number;
}

async function gather(port: number): Promise<Room> {
  const [channelId = ''] = createChannelIds(1);
  const members = await connectClients(port, MEMBERS);
  await Promise.all(members.map((client) => join(client, channelId)));
  const room: Room = { channelId, members, delivered: 0 };
  for (const member of members) {
    member.onEvent = (frame) => {
      if (frame.startsWith('42["messageBroadcast"')) room.delivered += 1;
    };
  }
  return room;
}

/** Everybody sends for a while; resolves with the number of messages once all were delivered to all. */
async function converse(room: Room, durationMs: number): Promise<number> {
  room.delivered = 0;
  const messages = await runClosedLoop({
    lanes: MEMBERS * IN_FLIGHT,
    durationMs,
    start: (lane, done) => {
      const sender = room.members[lane % MEMBERS];
      if (sender) sendMessage(sender, room.channelId, done);
    },
  });
  const expected = messages * MEMBERS;
  for (let waits = 0; room.delivered < expected && waits < 1_000; waits += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  if (room.delivered !== expected) throw new Error(`${room.delivered} of ${expected} deliveries arrived.`);
  return messages;
}

/** The whole pipeline: a message is checked, kept, acknowledged and delivered to all members, its sender included. */
export const measurePipeline = (options: RunOptions): Promise<Figure[]> =>
  withTemporaryFolder((folder) => {
    const title = `whole pipeline, ${MEMBERS} members × ${IN_FLIGHT} in flight`;
    const settings = { nodeOptions: options.nodeOptions, databases: { sqlite: joinPath(folder, FILE) } };
    return withServers(COMPARED, settings, async (servers) => {
      const rooms = new Map<Variant, Room>();
      for (const [variant, { port }] of servers) rooms.set(variant, await gather(port));
      const samples = await runRounds({
        ...{ title, subjects: COMPARED, warmUps: options.warmUps, rounds: options.rounds },
        measure: (variant) => {
          const room = rooms.get(variant);
          if (!room) throw new Error(`Nobody talks on ${variant}.`);
          return measureWindow(serverOf(servers, variant), () => converse(room, options.windowMs));
        },
      });
      const baseline = 'plain';
      return [
        {
          ...{ title, unit: 'server CPU µs a message', decimals: 1, baseline },
          samples: pick(samples, ({ cpuMicros }) => cpuMicros),
        },
        {
          ...{ title, unit: 'messages a second', decimals: 0, isRate: true, goals: PIPELINE_GOALS, baseline },
          samples: pick(samples, ({ rate }) => rate),
        },
      ];
    });
  });
