import { createChannelIds, join, SERVER_ID } from '../chat-load';
import type { Figure } from '../figure';
import { STREAM_GOALS } from '../goals';
import type { RunOptions } from '../options';
import { pick, runRounds } from '../rounds';
import { serverOf, withServers } from '../server-pool';
import type { Variant } from '../variant';
import type { Frame } from '../websocket/frame-reader';
import { measureWindow } from '../window';
import { connectClients, type WireClient } from '../wire-client';

const MEMBERS = 100;
const CHUNKS_A_SECOND = 200;
const TITLE = `answer to ${MEMBERS} members, ${CHUNKS_A_SECOND} chunks a second`;
const COMPARED: readonly Variant[] = ['answering', 'plainAnswering'];

/** A channel full of members. */
interface Audience {
  readonly members: readonly WireClient[];
  readonly channelId: string;
}

async function gather(port: number): Promise<Audience> {
  const members = await connectClients(port, MEMBERS);
  const [channelId = ''] = createChannelIds(1);
  for (const member of members) await join(member, channelId);
  return { members, channelId };
}

/** Has so many chunks answered; resolves with how many arrived, once every member has heard of the end. */
function hearAnswer({ members, channelId }: Audience, chunks: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let heard = 0;
    let listening = members.length;
    const onEvent = (frame: Frame) => {
      if (frame.startsWith('42["messageStreamChunk"')) heard += 1;
      if (!frame.startsWith('42["messageComplete"')) return;
      listening -= 1;
      if (listening === 0) resolve(heard);
    };
    for (const member of members) member.onEvent = onEvent;
    const question = { channelId, serverId: SERVER_ID, text: `${chunks}`, entityId: 'user-123' };
    members[0]?.requestOnce('send_message', question).catch(reject);
  });
}

/** An agent that streams into a channel of a hundred: what each chunk costs a member. */
export const measureStream = (options: RunOptions): Promise<Figure[]> =>
  withServers(COMPARED, options, async (servers) => {
    const chunks = (CHUNKS_A_SECOND * options.windowMs) / 1000;
    const audiences = new Map<Variant, Audience>();
    for (const [variant, { port }] of servers) audiences.set(variant, await gather(port));
    const samples = await runRounds({
      ...{ title: TITLE, subjects: COMPARED, warmUps: options.warmUps, rounds: options.rounds },
      measure: async (variant) => {
        const audience = audiences.get(variant);
        if (!audience) throw new Error(`Nobody listens to ${variant}.`);
        return measureWindow(serverOf(servers, variant), () => hearAnswer(audience, chunks));
      },
    });
    const baseline = 'plainAnswering';
    return [
      {
        ...{ title: TITLE, unit: 'server CPU µs a chunk', decimals: 2, goals: STREAM_GOALS, baseline },
        samples: pick(samples, ({ cpuMicros }) => cpuMicros),
      },
      {
        ...{ title: TITLE, unit: 'chunks a second', decimals: 0, isRate: true, baseline },
        samples: pick(samples, ({ rate }) => rate),
      },
    ];
  });
