import type { MessageStreamChunk } from '@wirepact/protocol';
import { expect, test } from 'vitest';
import { openPolling } from '../runtime/transport/test-wire';
import { scriptAgent } from './test-agent';
import { CHANNEL, hello, join, type Recorder, startChat } from './test-chat';

const chunksOf = (client: Recorder) => client.payloads('messageStreamChunk') as MessageStreamChunk[];
const turnOfTheLoop = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Chunks as they add up; throws where one does not begin where the text so far ends. */
function joined(chunks: readonly MessageStreamChunk[]): string {
  let text = '';
  for (const { offset, chunk, index } of chunks) {
    if (offset !== text.length) throw new Error(`chunk ${index} begins at ${offset}, not at ${text.length}`);
    text += chunk;
  }
  return text;
}

test('[STREAMING-2] [STREAMING-3] two hundred chunks reach a hundred members, all of them in order', async () => {
  const { agent, next } = scriptAgent();
  const { url } = await startChat({ agents: [agent] });
  const members = await Promise.all(Array.from({ length: 100 }, () => join(url)));
  const [first] = members;
  await first?.ask('send_message', hello());
  const turn = await next();
  await first?.waitFor('messageStreamChunk');
  for (let number = 0; number < 200; number += 1) {
    turn.say(`word ${number} `);
    await first?.waitFor('messageStreamChunk', number + 2);
  }
  turn.finish();
  await Promise.all(members.map((member) => member.waitFor('messageComplete')));
  for (const member of members) {
    const chunks = chunksOf(member);
    expect(chunks.map(({ index }) => index)).toEqual(Array.from({ length: 201 }, (_, index) => index));
    expect(member.payloads('messageBroadcast')[1]).toMatchObject({ text: joined(chunks) });
  }
});

/** Chunks among packets of polling. */
const readChunks = (packets: string): MessageStreamChunk[] =>
  packets
    .split('\u001e')
    .filter((packet) => packet.startsWith('42["messageStreamChunk"'))
    .map((packet) => JSON.parse(packet.slice(2))[1]);

/** A member that gets only what it polls. */
async function joinByPolling(url: string) {
  const session = await openPolling(url);
  await session.post('40');
  await session.poll();
  await session.post(`42["join_channel",{"channelId":"${CHANNEL}"}]`);
  await session.poll();
  return session;
}

test('[STREAMING-8] a member that does not read gets no more chunks than it may have waiting, then all that it missed as one; others do not wait for it', async () => {
  const { agent, next } = scriptAgent();
  const { url } = await startChat({ agents: [agent] });
  const reader = await join(url);
  const hidden = await joinByPolling(url);
  await reader.ask('send_message', hello());
  const turn = await next();
  await reader.waitFor('messageStreamChunk');
  for (let number = 0; number < 300; number += 1) {
    turn.say(`word ${number} `);
    await reader.waitFor('messageStreamChunk', number + 2);
  }
  turn.say({ tool: { id: 't', name: 'look' } });
  turn.say({ thought: 'hm' });
  await reader.waitFor('messageStreamChunk', 303);
  const waited = readChunks(await hidden.poll());
  expect(waited.length).toBeLessThan(70);
  await turnOfTheLoop();
  const caughtUp = readChunks(await hidden.poll());
  expect(caughtUp).toMatchObject([
    { index: 302, thought: 'hm' },
    { index: 302, chunk: '', tool: { id: 't' } },
  ]);
  turn.say('on');
  await reader.waitFor('messageStreamChunk', 304);
  const later = readChunks(await hidden.poll());
  expect(later).toMatchObject([{ index: 303, chunk: 'on' }]);
  const all = [...waited, ...caughtUp, ...later];
  expect(joined(all)).toBe(joined(chunksOf(reader)));
  expect(all.length).toBeLessThan(75);
  turn.finish();
  await reader.waitFor('messageComplete');
  expect(await hidden.poll()).toContain('messageBroadcast');
});

test('[STREAMING-6] [STREAMING-8] a member that is behind and joins again is told nothing twice', async () => {
  const { agent, next } = scriptAgent();
  const { url } = await startChat({ agents: [agent] });
  const reader = await join(url);
  const hidden = await joinByPolling(url);
  await reader.ask('send_message', hello());
  const turn = await next();
  await reader.waitFor('messageStreamChunk');
  for (let number = 0; number < 100; number += 1) {
    turn.say({ thought: `thought ${number} ` });
    await reader.waitFor('messageStreamChunk', number + 2);
  }
  await hidden.post(`427["join_channel",{"channelId":"${CHANNEL}"}]`);
  const packets: string[] = [];
  const pollUntil = async (isThere: (packet: string) => boolean) => {
    while (!packets.some(isThere)) packets.push(...(await hidden.poll()).split('\u001e'));
  };
  const isReply = (packet: string) => packet.startsWith('437');
  await pollUntil(isReply);
  turn.say({ thought: 'last' });
  await pollUntil((packet) => packet.includes('last'));
  turn.finish();
  await pollUntil((packet) => packet.includes('messageComplete'));
  const [{ data }] = JSON.parse(packets.find(isReply)?.slice(3) ?? '');
  const after = packets.slice(packets.findIndex(isReply)).join('\u001e');
  const whole = Array.from({ length: 100 }, (_, number) => `thought ${number} `).join('');
  const later = readChunks(after).map(({ thought }) => thought ?? '');
  expect(`${data.streams[0].thought}${later.join('')}`).toBe(`${whole}last`);
});
