import { findPayloadError, SESSION_NAMES } from '@wirepact/contract/runtime';
import type { Check } from '../../check/check';
import { must, mustEqual, show } from '../../check/expectations';
import type { Trial } from '../../check/trial';
import { Violation } from '../../check/violation';
import { dataOf, type Fields, toFields } from '../../wire/packet';
import type { WireClient } from '../../wire/wire-client';
import type { ContractView, EventView } from './contract-view';
import { samplesOf } from './event-checks';
import { judgeAnswer } from './judge-answer';

const { streamItems, streamEnd, streamCredit, streamCancel, heartbeat } = SESSION_NAMES;

/** Items that come before a client grants more. */
const FIRST_ITEMS = 32;
/** Streams that one connection opens where there are to be too many. */
const MANY_STREAMS = 400;

/** A stream that was opened. */
interface Opened {
  readonly id: string;
  readonly payload: unknown;
}

const argumentsFor = ({ declared }: EventView, payload: unknown): unknown[] =>
  declared.payload ? [payload] : [];

/** Opens a stream with the first payload that the server takes; skips the check where it takes none. */
async function open(trial: Trial, view: ContractView, event: EventView, client: WireClient): Promise<Opened> {
  for (const payload of samplesOf(event, trial.random)) {
    const answer = await client.ask(event.name, ...argumentsFor(event, payload));
    judgeAnswer(view, event, answer);
    if (answer.ok !== true) continue;
    const { stream } = dataOf(answer);
    must(typeof stream === 'string', `${event.name} is answered with the stream ${show(stream)}`);
    return { id: stream, payload };
  }
  return trial.skip(
    `${event.name} takes none of the payloads that were tried; give it an example that succeeds`,
  );
}

/** The items of a stream that came so far. */
const itemsOf = (client: WireClient, id: string): unknown[] =>
  client
    .all(streamItems)
    .flatMap(({ stream, items }) => (stream === id && Array.isArray(items) ? items : []));

const endOf = (client: WireClient, id: string): Fields | undefined =>
  client.all(streamEnd).find(({ stream }) => stream === id);

/** Waits until a stream has sent all it may without credit, or is over; skips the check where it sends only now and then. */
async function paused(trial: Trial, client: WireClient, id: string): Promise<void> {
  const isPaused = () =>
    itemsOf(client, id).length >= FIRST_ITEMS || endOf(client, id) !== undefined || undefined;
  const waited = 'a stream neither sends what it may nor ends';
  await client.until(isPaused, waited).catch((error: unknown) => {
    if (!(error instanceof Violation) || client.endReason !== undefined) throw error;
    trial.skip(`${waited}: ${itemsOf(client, id).length} items came; give its event an example of more`);
  });
}

/** Grants items. @throws Violation Where the stream sends none of them, and does not end: `failure` says what that means. */
async function grant(client: WireClient, id: string, credit: number, failure: string): Promise<void> {
  const { length } = itemsOf(client, id);
  await client.ask(streamCredit, { stream: id, credit });
  await client.until(
    () => itemsOf(client, id).length > length || endOf(client, id) !== undefined || undefined,
    failure,
  );
  await client.ask(heartbeat);
}

const STUCK = 'a stream that was granted more items neither sends one nor ends';

/** Reads a stream to its end, or to where it has sent `most` items or waits for more itself. */
async function read(trial: Trial, client: WireClient, id: string, most: number): Promise<unknown[]> {
  await paused(trial, client, id);
  for (let granted = FIRST_ITEMS; endOf(client, id) === undefined && granted < most; granted += FIRST_ITEMS) {
    await grant(client, id, FIRST_ITEMS, STUCK);
    if (itemsOf(client, id).length < granted + FIRST_ITEMS) break;
  }
  return itemsOf(client, id);
}

type Run = (trial: Trial, view: ContractView, event: EventView) => Promise<void>;

const CHECKS: readonly (readonly [rule: string, title: string, run: Run])[] = [
  [
    'STREAM-1',
    'it is acknowledged with its id before the first item, and ends after the last',
    async (trial, view, event) => {
      const client = await trial.connect();
      const { id } = await open(trial, view, event, client);
      await read(trial, client, id, 4 * FIRST_ITEMS);
      const first = client.timeline.indexOf(streamItems);
      const acknowledged = client.timeline.indexOf(`ack ${event.name}`);
      must(first === -1 || acknowledged < first, 'an item comes before the acknowledgement');
      if (!endOf(client, id)) return;
      await client.ask(heartbeat);
      must(
        client.timeline.lastIndexOf(streamItems) < client.timeline.indexOf(streamEnd),
        'an item comes after the end',
      );
    },
  ],
  [
    'STREAM-2',
    `no more than ${FIRST_ITEMS} items come before more are granted, and then no more than that`,
    async (trial, view, event) => {
      const client = await trial.connect();
      const { id } = await open(trial, view, event, client);
      await paused(trial, client, id);
      await client.ask(heartbeat);
      const { length } = itemsOf(client, id);
      must(length <= FIRST_ITEMS, `${length} items came`);
      if (endOf(client, id)) return;
      await grant(client, id, 1, STUCK);
      const more = itemsOf(client, id).length - length;
      must(more <= 1, `${more} items came where one more was granted`);
    },
  ],
  [
    'STREAM-7',
    'every item is as the contract declares it',
    async (trial, view, event) => {
      const client = await trial.connect();
      const { id } = await open(trial, view, event, client);
      const wrong = (await read(trial, client, id, 4 * FIRST_ITEMS)).filter(
        (item) => !event.event.stream?.check(item),
      );
      must(wrong.length === 0, `the item ${show(wrong[0])} is not what ${event.name} declares`);
      const error = endOf(client, id)?.error;
      if (error !== undefined) judgeAnswer(view, event, { ok: false, error });
    },
  ],
  [
    'STREAM-4',
    'nothing comes of a stream that was cancelled, and nobody else can cancel or grant',
    async (trial, view, event) => {
      const [client, other] = [await trial.connect(), await trial.connect()];
      const { id } = await open(trial, view, event, client);
      await paused(trial, client, id);
      await other.ask(streamCredit, { stream: id, credit: FIRST_ITEMS });
      await client.ask(heartbeat);
      const { length } = itemsOf(client, id);
      must(length <= FIRST_ITEMS, `${length} items came after somebody else granted them`);
      if (endOf(client, id)) trial.skip(`a stream of ${event.name} is over before it can be cancelled`);
      await other.ask(streamCancel, { stream: id });
      await grant(client, id, 1, 'a stream goes on no more after somebody else has cancelled it');
      await client.ask(streamCancel, { stream: id });
      const [before, ended] = [itemsOf(client, id).length, endOf(client, id)];
      await client.ask(streamCredit, { stream: id, credit: FIRST_ITEMS });
      await client.ask(heartbeat);
      mustEqual(itemsOf(client, id).length, before, 'the number of items after the stream was cancelled');
      must(ended || !endOf(client, id), 'a stream that was cancelled is told to be over');
    },
  ],
  [
    'STREAM-5',
    'it ends with its connection: on the next one it neither comes nor is granted',
    async (trial, view, event) => {
      const client = await trial.connect();
      const { id } = await open(trial, view, event, client);
      await paused(trial, client, id);
      client.drop();
      const again = await trial.connect();
      await again.ask(streamCredit, { stream: id, credit: FIRST_ITEMS });
      await again.ask(heartbeat);
      mustEqual(again.all(streamItems).length, 0, 'how often items come');
    },
  ],
  [
    'STREAM-9',
    'asked again with the place of an item, it goes on after that item',
    async (trial, view, event) => {
      const { resume } = event.declared;
      if (!resume) return trial.skip(`${event.name} declares no resume`);
      const client = await trial.connect();
      const { id, payload } = await open(trial, view, event, client);
      const [first, second] = await read(trial, client, id, FIRST_ITEMS);
      if (second === undefined) trial.skip(`${event.name} has less than two items`);
      const place = toFields(first)[resume.item];
      const next = { ...toFields(payload), [resume.payload]: place };
      if (findPayloadError(event.event, next))
        trial.skip(`no payload of ${event.name} may name the place of an item`);
      const answer = await client.ask(event.name, next);
      judgeAnswer(view, event, answer);
      must(answer.ok === true, `${event.name} with ${resume.payload} is answered with ${show(answer)}`);
      const again = String(dataOf(answer).stream);
      const [following] = await read(trial, client, again, FIRST_ITEMS);
      mustEqual(following, second, `the first item after ${resume.payload}`);
    },
  ],
  [
    'STREAM-8',
    'a connection cannot have any number of streams open',
    async (trial, view, event) => {
      const client = await trial.connect();
      const { id, payload } = await open(trial, view, event, client);
      await paused(trial, client, id);
      await client.ask(heartbeat);
      if (endOf(client, id)) trial.skip(`a stream of ${event.name} is over before there can be many`);
      for (let count = 1; count < MANY_STREAMS; count += 1) {
        const { ok, error } = await client.ask(event.name, ...argumentsFor(event, payload));
        if (ok === true) continue;
        mustEqual(toFields(error).code, 'OVERLOADED', 'the code for one stream too many');
        return;
      }
      must(false, `${MANY_STREAMS} streams of one connection are open`);
    },
  ],
];

/** What is checked of events that answer with a stream. */
export const streamChecks = (view: ContractView): Check[] =>
  view.clientToServer
    .filter(({ declared }) => declared.stream)
    .flatMap((event) =>
      CHECKS.map(
        ([rule, title, run]): Check => ({
          rule,
          title: `${event.name}: ${title}`,
          ...(rule === 'STREAM-8' && { floods: true }),
          run: (trial) => run(trial, view, event),
        }),
      ),
    );
