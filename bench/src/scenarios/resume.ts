import { join } from 'node:path';
import { createChannelIds } from '../chat-load';
import type { Figure } from '../figure';
import type { RunOptions } from '../options';
import { pick, runRounds } from '../rounds';
import { fillDatabase } from '../seed';
import type { ServerHandle } from '../server-handle';
import { serverOf, withServers } from '../server-pool';
import { withTemporaryFolder } from '../temporary-folder';
import type { Variant } from '../variant';
import { measureWindow } from '../window';
import { WireClient } from '../wire-client';

const MISSED = 10_000;
const COMPARED: readonly Variant[] = ['sqlite', 'plain'];
const FILE = 'resume.db';

/** Where the client is: before the first event of the channel. */
interface Absence {
  channelId: string;
  resume: { epoch: string; seq: number };
}

/** Joins from where the client was; resolves once it has everything it missed. */
async function catchUp(client: WireClient, absence: Absence): Promise<number> {
  let events = 0;
  client.onEvent = (frame) => {
    if (frame.startsWith('42["messageBroadcast"')) events += 1;
  };
  await client.requestOnce('join_channel', absence);
  if (events !== MISSED) throw new Error(`A client that missed ${MISSED} events got ${events}.`);
  return events;
}

async function measureOnce(server: ServerHandle, absence: Absence) {
  const client = await WireClient.connect(server.port);
  const { cpuMicros, rate } = await measureWindow(server, () => catchUp(client, absence));
  client.close();
  return { cpuMicros, milliseconds: (MISSED / rate) * 1000 };
}

/** A connection that was away for 10,000 messages: what it takes until it has them all. */
export const measureResume = (options: RunOptions): Promise<Figure[]> =>
  withTemporaryFolder(async (folder) => {
    const title = `resume, ${MISSED.toLocaleString('en')} missed`;
    const [channelId = ''] = createChannelIds(1);
    const sqlite = join(folder, FILE);
    const epochs = await fillDatabase(sqlite, new Map([[channelId, MISSED]]));
    const absence = { channelId, resume: { epoch: epochs.get(channelId) ?? '', seq: 0 } };
    const settings = { nodeOptions: options.nodeOptions, databases: { sqlite } };
    return withServers(COMPARED, settings, async (servers) => {
      const samples = await runRounds({
        ...{ title, subjects: COMPARED, warmUps: options.warmUps, rounds: options.rounds },
        measure: (variant) => measureOnce(serverOf(servers, variant), absence),
      });
      const baseline = 'plain';
      return [
        {
          ...{ title, unit: 'ms until it has all', decimals: 1, baseline },
          samples: pick(samples, ({ milliseconds }) => milliseconds),
        },
        {
          ...{ title, unit: 'server CPU µs an event', decimals: 2, baseline },
          samples: pick(samples, ({ cpuMicros }) => cpuMicros),
        },
      ];
    });
  });
