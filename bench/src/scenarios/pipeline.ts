import { join as joinPath } from 'node:path';
import type { Figure } from '../figure';
import { PIPELINE_GOALS } from '../goals';
import { joinChat } from '../members/socketio-member';
import type { RunOptions } from '../options';
import { converse, fillRooms, type Rooms } from '../rooms';
import { pick, runRounds } from '../rounds';
import { serverOf, withServers } from '../server-pool';
import { withTemporaryFolder } from '../temporary-folder';
import type { Variant } from '../variant';
import { measureWindow } from '../window';

/** One channel, whose members all send. */
const SHAPE = { rooms: 1, members: 16, inFlight: 4 };
const COMPARED: readonly Variant[] = ['ours', 'sqlite', 'plain'];
const FILE = 'pipeline.db';

/** The whole pipeline: a message is checked, kept, acknowledged and delivered to all members, its sender included. */
export const measurePipeline = (options: RunOptions): Promise<Figure[]> =>
  withTemporaryFolder((folder) => {
    const title = `whole pipeline, ${SHAPE.members} members × ${SHAPE.inFlight} in flight`;
    const settings = { nodeOptions: options.nodeOptions, databases: { sqlite: joinPath(folder, FILE) } };
    return withServers(COMPARED, settings, async (servers) => {
      const rooms = new Map<Variant, Rooms>();
      for (const [variant, { port }] of servers) rooms.set(variant, await fillRooms(SHAPE, port, joinChat));
      const samples = await runRounds({
        ...{ title, subjects: COMPARED, warmUps: options.warmUps, rounds: options.rounds },
        measure: (variant) => {
          const filled = rooms.get(variant);
          if (!filled) throw new Error(`Nobody talks on ${variant}.`);
          return measureWindow(serverOf(servers, variant), () => converse(filled, options.windowMs));
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
