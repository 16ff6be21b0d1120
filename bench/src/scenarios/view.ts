import { type Channel, type ChatClient, createChatClient } from '@wirepact/client';
import { createChannelIds, SERVER_ID } from '../chat-load';
import type { Figure, ViewLength } from '../figure';
import { VIEW_GOALS } from '../goals';
import type { RunOptions } from '../options';
import { progress, runRounds } from '../rounds';
import { serverOf, withServers } from '../server-pool';

const LENGTHS: Record<ViewLength, number> = { longView: 30_000, shortView: 1_000 };
const VIEWS: readonly ViewLength[] = ['longView', 'shortView'];
/** Messages at once: the server sends them one after the other, and the client takes them as they come. */
const BURST = 2_000;

interface Watched {
  readonly chat: ChatClient;
  readonly channel: Channel;
}

/** Has the server send messages into the channel; resolves once the view has them. */
async function receive({ chat, channel }: Watched, count: number): Promise<void> {
  const message = { channelId: channel.id, serverId: SERVER_ID, entityId: 'user-123', text: String(count) };
  const wanted = (channel.view.get().position?.seq ?? 0) + count;
  await chat.request('send_message', message, { timeoutMs: 60_000 });
  if (channel.view.get().position?.seq !== wanted) throw new Error('A view has not all that was sent.');
}

/** A client whose view is as long as it may be: every message makes the oldest go. */
async function fillView(port: number, maxMessages: number): Promise<Watched> {
  const chat = createChatClient(`http://127.0.0.1:${port}`, {
    ...{ transports: ['websocket'], heartbeatIntervalMs: 0, view: { maxMessages } },
  });
  const [channelId = ''] = createChannelIds(1);
  const channel = await chat.join(channelId);
  for (let count = 0; count < maxMessages; count += BURST) await receive({ chat, channel }, BURST);
  if (channel.view.get().messages.length !== maxMessages) throw new Error('A view is not full.');
  return { chat, channel };
}

/** CPU time of this process for each of a burst of messages, in microseconds. */
async function measureBurst(watched: Watched, watch: (channel: Channel) => void): Promise<number> {
  const stop = watched.channel.view.subscribe(() => watch(watched.channel));
  const before = process.cpuUsage();
  await receive(watched, BURST);
  const { user, system } = process.cpuUsage(before);
  stop();
  return (user + system) / BURST;
}

/** What a message costs a client, by how many messages its view shows. */
export const measureView = (options: RunOptions): Promise<Figure[]> =>
  withServers(['feed'], { nodeOptions: options.nodeOptions }, async (servers) => {
    const { port } = serverOf(servers, 'feed');
    progress(`view: filling one with ${LENGTHS.longView.toLocaleString('en')} messages`);
    const views = new Map<ViewLength, Watched>();
    for (const length of VIEWS) views.set(length, await fillView(port, LENGTHS[length]));
    const measure = async (title: string, watch: (channel: Channel) => void): Promise<Figure> => ({
      ...{ title, unit: 'client CPU µs a message', decimals: 1, baseline: 'shortView' },
      samples: await runRounds({
        ...{ title, subjects: VIEWS, warmUps: options.warmUps, rounds: options.rounds },
        measure: (length) => {
          const watched = views.get(length);
          if (!watched) throw new Error(`There is no ${length}.`);
          return measureBurst(watched, watch);
        },
      }),
    });
    const told = await measure('message into a view', ({ view }) => view.get().position);
    const listed = await measure('message into a view, listed each time', ({ view }) => view.get().messages);
    for (const { chat } of views.values()) chat.close();
    return [{ ...told, goals: VIEW_GOALS }, listed];
  });
