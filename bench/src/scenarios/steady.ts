import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createChannelIds, join as joinChannel, sendMessage } from '../chat-load';
import type { RunOptions } from '../options';
import { type Series, toLinePlots } from '../plots/line-plot';
import { progress } from '../rounds';
import type { ServerHandle } from '../server-handle';
import { serverOf, withServers } from '../server-pool';
import { withTemporaryFolder } from '../temporary-folder';
import { trendOf } from '../trend';
import { WireClient } from '../wire-client';

const FILE = fileURLToPath(new URL('../steady.svg', import.meta.url));
const CHANNELS = 6;
const MEMBERS_PER_CHANNEL = 10;
/** One member sends after the other, so many milliseconds apart. */
const SEND_INTERVAL_MS = 10;
/** One member after the other goes, and another comes in its place. */
const CHURN_INTERVAL_MS = 500;
const SAMPLES = 60;
/** The part of the samples in which code is compiled and tables grow for the first time. */
const WARM_UP = 0.25;
const MS_PER_MINUTE = 60_000;
const BYTES_PER_MB = 1024 * 1024;
const MS_PER_HOUR = 60 * MS_PER_MINUTE;

/** A server process at a time. */
interface Sample {
  readonly at: number;
  readonly rss: number;
  readonly heapUsed: number;
  readonly listeners: number;
}

/** Members that send, go and come until the signal is aborted; resolves with how many messages were acknowledged. */
async function load(port: number, signal: AbortSignal): Promise<number> {
  const channelIds = createChannelIds(CHANNELS);
  const connect = async (index: number) => {
    const channelId = channelIds[index % CHANNELS] ?? '';
    const client = await WireClient.connect(port);
    await joinChannel(client, channelId);
    return { client, channelId };
  };
  const members = await Promise.all(
    Array.from({ length: CHANNELS * MEMBERS_PER_CHANNEL }, (_, index) => connect(index)),
  );
  let sent = 0;
  let acknowledged = 0;
  const failed = new AbortController();
  const send = () => {
    const member = members[sent % members.length];
    sent += 1;
    if (member)
      sendMessage(member.client, member.channelId, (error) => {
        if (error) failed.abort(error);
        else acknowledged += 1;
      });
  };
  const timer = setInterval(send, SEND_INTERVAL_MS);
  try {
    for (let index = 0; !signal.aborted; index = (index + 1) % members.length) {
      failed.signal.throwIfAborted();
      members[index]?.client.close();
      members[index] = await connect(index);
      await delay(CHURN_INTERVAL_MS);
    }
  } finally {
    clearInterval(timer);
    for (const { client } of members) client.close();
  }
  return acknowledged;
}

/** Looks at a server process again and again. */
async function sample(server: ServerHandle, minutes: number): Promise<Sample[]> {
  const samples: Sample[] = [];
  const start = performance.now();
  const intervalMs = (minutes * MS_PER_MINUTE) / SAMPLES;
  for (let taken = 1; taken <= SAMPLES; taken += 1) {
    await delay(Math.max(0, start + taken * intervalMs - performance.now()));
    const { rss, heapUsed } = await server.readMemory();
    const listeners = await server.countListeners();
    samples.push({ at: performance.now() - start, rss, heapUsed, listeners });
    progress(`steady ${taken}/${SAMPLES}`);
  }
  return samples;
}

const toSeries = (samples: readonly Sample[]): Series[] => [
  {
    title: 'RSS',
    unit: 'MB',
    points: samples.map(({ at, rss }) => ({ at, value: rss / BYTES_PER_MB })),
  },
  {
    title: 'JavaScript heap after collection',
    unit: 'MB',
    points: samples.map(({ at, heapUsed }) => ({ at, value: heapUsed / BYTES_PER_MB })),
  },
  {
    title: 'listeners of emitters and signals',
    unit: 'listeners',
    points: samples.map(({ at, listeners }) => ({ at, value: listeners })),
  },
];

/** One line: what it was at the beginning and at the end, and whether it grows. */
function describeSeries({ title, unit, points }: Series): string {
  const settled = points.slice(Math.floor(points.length * WARM_UP));
  const { slope, growth, isFlat } = trendOf(settled);
  const show = (value: number | undefined) => (value ?? Number.NaN).toFixed(1);
  const range = `${show(settled[0]?.value)} → ${show(settled.at(-1)?.value)} ${unit}`;
  const pace = `${show(slope * MS_PER_HOUR)} an hour, ${(growth * 100).toFixed(1)} % in this run`;
  return `- ${title}: ${range}; ${pace}: ${isFlat ? 'flat' : 'grows'}`;
}

/**
 * Steady load on the chat server with its SQLite store: what it holds must not grow with the time it runs. Writes a plot
 * beside the results; answers with a line for each thing that was looked at.
 */
export const measureSteady = (options: RunOptions, minutes: number): Promise<string> =>
  withTemporaryFolder((folder) => {
    const databases = { sqlite: join(folder, 'steady.db') };
    return withServers(['sqlite'], { ...options, databases, countsListeners: true }, async (servers) => {
      const server = serverOf(servers, 'sqlite');
      const ending = new AbortController();
      const loaded = load(server.port, ending.signal);
      const samples = await Promise.race([
        sample(server, minutes),
        loaded.then(() => Promise.reject(new Error('The load ended early.'))),
      ]);
      ending.abort();
      const series = toSeries(samples);
      await writeFile(FILE, toLinePlots(series, minutes));
      const count = (await loaded).toLocaleString('en');
      return [
        `${minutes} min, ${CHANNELS * MEMBERS_PER_CHANNEL} members, ${count} messages; the first quarter is left out.`,
        ...series.map(describeSeries),
      ].join('\n');
    });
  });
