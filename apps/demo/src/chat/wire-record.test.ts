import { type ChatClient, createChatClient } from '@wirepact/client';
import { createLogStream } from '@wirepact/server';
import pino from 'pino';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDemoServer, type DemoServer } from '../../host/demo-server';
import { listen } from '../../host/listen';
import { LOBBY } from '../../lobby';
import { WireEventRow } from '../components/wire-event-row';
import { type ContractRules, loadContractRules } from './contract-rules';
import { isProblem, WIRE_FILTER_NAMES, WIRE_FILTERS } from './wire-filter';
import { createWireRecord, type WireRecord } from './wire-record';

let demo: DemoServer;
let url: string;
let rules: ContractRules;
const clients: ChatClient[] = [];

beforeEach(async () => {
  rules = await loadContractRules();
  const logger = pino({ level: 'silent' });
  demo = await createDemoServer({ pageDirectory: 'public', logger, logStream: createLogStream() });
  url = `http://localhost:${await listen(demo.httpServer, { port: '0' })}`;
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await demo.close();
});

/** A record of a client that is connected, told at once. */
async function record(maxEvents?: number): Promise<WireRecord & { chat: ChatClient }> {
  const kept = createWireRecord((tell) => tell(), maxEvents);
  const chat = createChatClient(url, { inspect: kept.inspect, heartbeatIntervalMs: 0 });
  clients.push(chat);
  await chat.connect();
  return { ...kept, chat };
}

const find = ({ events }: WireRecord, name: string) => events.get().find(({ event }) => event === name);

/** The text of the row of an event. */
const show = (kept: WireRecord, name: string) => {
  const event = find(kept, name);
  if (!event) throw new Error(`nothing was recorded of ${name}`);
  return renderToStaticMarkup(createElement(WireEventRow, { event, rules }))
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll(/\s+/g, ' ');
};

test('what is sent is kept with its answer, and shown with what the contract says', async () => {
  const kept = await record();
  await kept.chat.request('join_channel', { channelId: LOBBY.id, entityId: 'ada' });
  await expect.poll(() => find(kept, 'join_channel')?.answer?.ms).toBeGreaterThan(0);
  expect(isProblem(Object(find(kept, 'join_channel')))).toBe(false);
  expect(show(kept, 'join_channel')).toMatch(
    /sent join_channel \d+ B ok in [\d.]+ ms Join a specific channel .* Payload { "channelId": .* Answer {/,
  );
  expect(show(kept, 'connection_established')).toMatch(
    /got connection_established \d+ B Sent immediately after successful connection\. The \d+ rules it follows Payload/,
  );
});

test('what the server refuses has its code and its rule, what this page refuses its issues', async () => {
  const kept = await record();
  const missing = '123e4567-e89b-12d3-a456-426614174999';
  await kept.chat.safeRequest('delete_channel', { channelId: missing });
  await expect.poll(() => find(kept, 'delete_channel')?.answer?.code).toBe('FORBIDDEN');
  expect(show(kept, 'delete_channel')).toMatch(/FORBIDDEN in [\d.]+ ms .* FORBIDDEN \w+/);
  // @ts-expect-error a limit is a number
  await kept.chat.safeRequest('list_messages', { channelId: LOBBY.id, limit: 'ten' });
  await expect.poll(() => find(kept, 'list_messages')?.answer?.code).toBe('INVALID_PAYLOAD');
  expect(show(kept, 'list_messages')).toMatch(
    /INVALID_PAYLOAD, not sent .* The payload does not match the schema of the event\. .* \/limit must be/,
  );
  const problems = kept.events.get().filter(WIRE_FILTERS.problems[1]);
  expect(problems.map(({ event }) => event)).toEqual(['delete_channel', 'list_messages']);
});

test('the oldest make room, and what was emptied does not come back with its answer', async () => {
  const kept = await record(3);
  const told: number[] = [];
  const stop = kept.events.subscribe((events) => told.push(events.length));
  for (let count = 0; count < 5; count += 1) await kept.chat.request('heartbeat');
  expect(Math.max(...told)).toBe(3);
  stop();
  const stopClearing = kept.events.subscribe((events) => {
    if (events.some(({ answer }) => !answer)) kept.clear();
  });
  await kept.chat.request('heartbeat');
  stopClearing();
  const before = told.length;
  await kept.chat.request('heartbeat');
  const answers = () => kept.events.get().filter(({ event, answer }) => event === 'heartbeat' && answer);
  await expect.poll(answers).toHaveLength(1);
  expect(told).toHaveLength(before);
});

test('who looks is told once, however much comes meanwhile', async () => {
  const scheduled: (() => void)[] = [];
  const kept = createWireRecord((tell) => scheduled.push(tell));
  const chat = createChatClient(url, { inspect: kept.inspect, heartbeatIntervalMs: 0 });
  clients.push(chat);
  for (let count = 0; count < 5; count += 1) await chat.request('heartbeat');
  expect(scheduled).toHaveLength(1);
  expect(kept.events.get()).toEqual([]);
  scheduled[0]?.();
  expect(kept.events.get().filter(({ event }) => event === 'heartbeat')).toHaveLength(5);
});

test('each filter lets through what it says', () => {
  const base = { id: 1, payload: {}, size: 2, at: 0, isKnown: true, issues: [] };
  const sent = { ...base, direction: 'out', event: 'send_message' } as const;
  const got = { ...base, direction: 'in', event: 'log_update' } as const;
  const broken = { ...got, event: 'messageBroadcast', issues: [{ path: '', message: '', keyword: '' }] };
  const foreign = { ...got, event: 'other', isKnown: false };
  const namesOf = (name: (typeof WIRE_FILTER_NAMES)[number]) =>
    [sent, got, broken, foreign].filter(WIRE_FILTERS[name][1]).map(({ event }) => event);
  expect(WIRE_FILTER_NAMES.map((name) => [name, namesOf(name)])).toEqual([
    ['chat', ['send_message', 'messageBroadcast', 'other']],
    ['all', ['send_message', 'log_update', 'messageBroadcast', 'other']],
    ['out', ['send_message']],
    ['in', ['log_update', 'messageBroadcast', 'other']],
    ['problems', ['messageBroadcast', 'other']],
  ]);
});
