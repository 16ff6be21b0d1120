import { join } from 'node:path';
import { createChannelIds } from '../chat-load';
import { runClosedLoop } from '../closed-loop';
import type { ChannelSize, Figure } from '../figure';
import { LIST_GOALS } from '../goals';
import type { RunOptions } from '../options';
import { progress, runRounds } from '../rounds';
import { fillDatabase } from '../seed';
import { serverOf, withServers } from '../server-pool';
import { withTemporaryFolder } from '../temporary-folder';
import { measureWindow } from '../window';
import { WireClient } from '../wire-client';

const MESSAGES: Record<ChannelSize, number> = { large: 1_000_000, small: 1_000 };
const SIZES: readonly ChannelSize[] = ['large', 'small'];
const LIMIT = 50;
const FILE = 'list.db';
/** A page is short: many fit into less than a whole window. */
const WINDOW_SHARE = 0.5;

/** A page of a channel, by how many messages that has. */
interface Page {
  readonly name: string;
  readonly toQuery: (messages: number) => { before?: number };
}

const PAGES: readonly Page[] = [
  { name: 'newest', toQuery: () => ({}) },
  { name: 'in the middle', toQuery: (messages) => ({ before: messages / 2 }) },
];

/** Reads the same page again and again, one request at a time; resolves with how often. */
const readPages = (client: WireClient, query: object, durationMs: number): Promise<number> =>
  runClosedLoop({
    lanes: 1,
    durationMs,
    start: (_lane, done) => client.request('list_messages', query, done),
  });

/** A page of 50 messages of a channel of a million: what it takes longer than in a channel of a thousand. */
export const measureList = (options: RunOptions): Promise<Figure[]> =>
  withTemporaryFolder(async (folder) => {
    const sqlite = join(folder, FILE);
    const [large = '', small = ''] = createChannelIds(2);
    const channelIds: Record<ChannelSize, string> = { large, small };
    progress(`list_messages: storing ${MESSAGES.large.toLocaleString('en')} messages`);
    await fillDatabase(sqlite, new Map(SIZES.map((size) => [channelIds[size], MESSAGES[size]])));
    const settings = { nodeOptions: options.nodeOptions, databases: { sqlite } };
    return withServers(['sqlite'], settings, async (servers) => {
      const server = serverOf(servers, 'sqlite');
      const client = await WireClient.connect(server.port);
      const figures: Figure[] = [];
      for (const { name, toQuery } of PAGES) {
        const title = `list_messages, ${LIMIT} ${name}`;
        const samples = await runRounds({
          ...{ title, subjects: SIZES, warmUps: options.warmUps, rounds: options.rounds },
          measure: async (size) => {
            const query = { channelId: channelIds[size], limit: LIMIT, ...toQuery(MESSAGES[size]) };
            const durationMs = options.windowMs * WINDOW_SHARE;
            const { rate } = await measureWindow(server, () => readPages(client, query, durationMs));
            return 1000 / rate;
          },
        });
        const unit = 'ms a page';
        figures.push({ title, unit, decimals: 2, goals: LIST_GOALS, baseline: 'small', samples });
      }
      return figures;
    });
  });
