import { SESSION_NAMES } from '@wirepact/contract/runtime';
import type { Check } from '../../check/check';
import { must, mustEqual, mustHave, show } from '../../check/expectations';
import { dataOf, errorOf, payloadOf } from '../../wire/packet';
import { seqs, upTo } from '../seqs';
import type { ContractView } from './contract-view';
import { type Knower, seqOf } from './knowledge';
import { RoomTrial } from './room-trial';

const { join, leave } = SESSION_NAMES;

type Run = (room: RoomTrial) => Promise<void>;

/** Rules of rooms with a journal: what a server does, and how that is found out. */
const CHECKS: readonly (readonly [rule: string, title: string, run: Run])[] = [
  [
    'ROOM-1',
    'durable events are numbered 1, 2, 3 … in one epoch',
    async (room) => {
      const member = await room.member();
      for (let index = 0; index < 3; index += 1) await room.publish(member);
      const last = 3 * room.publisher.count;
      const events = await room.told(member, last);
      mustEqual(seqs(events), upTo(last), 'the seq of durable events');
      must(typeof events[0]?.epoch === 'string', `the epoch of a durable event is ${show(events[0]?.epoch)}`);
      mustEqual(new Set(events.map(({ epoch }) => epoch)).size, 1, 'the number of epochs');
    },
  ],
  [
    'ROOM-1',
    'a member that was told of an event finds it in the journal',
    async (room) => {
      const [member, later] = [await room.member(), await room.connect()];
      await room.publish(member);
      const [told] = await room.told(member, room.publisher.count);
      await room.join(later, { epoch: told?.epoch, seq: 0 });
      const [again] = await room.toldInAll(later);
      mustEqual(room.withoutKey(again ?? {}), room.withoutKey(told ?? {}), 'the event as it is told later');
    },
  ],
  [
    'ROOM-2',
    'every member hears of each durable event once, in the order of the numbers, and nobody else does',
    async (room) => {
      const [ada, ben, stranger] = [await room.member(), await room.member(), await room.connect()];
      await Promise.all([room.publish(ada), room.publish(ben), room.publish(ada)]);
      const last = 3 * room.publisher.count;
      for (const client of [ada, ben]) {
        await room.told(client, last);
        mustEqual(seqs(await room.toldInAll(client)), upTo(last), 'the seq of what a member hears');
      }
      mustEqual((await room.toldInAll(stranger)).length, 0, 'what somebody hears who is no member');
    },
  ],
  [
    'ROOM-2',
    'a member hears of what happens after it has joined, and of nothing before',
    async (room) => {
      const early = await room.member();
      await room.publish(early);
      const late = await room.member();
      await room.publish(early);
      const { count } = room.publisher;
      mustEqual(
        seqs(await room.told(late, count)),
        upTo(2 * count, count + 1),
        'the seq of what a late member hears',
      );
    },
  ],
  [
    'ROOM-3',
    'joining is answered with the number of the last event',
    async (room) => {
      const member = await room.member();
      await room.publish(member);
      mustEqual(seqOf(await room.join(member)), room.publisher.count, 'seq after an event');
    },
  ],
  [
    'ROOM-3',
    'joining with resume brings what was missed, before the answer',
    async (room) => {
      const [ada, ben] = [await room.member(), await room.connect()];
      const { epoch } = dataOf(await room.join(ada));
      for (let index = 0; index < 3; index += 1) await room.publish(ada);
      const last = 3 * room.publisher.count;
      const answer = await room.join(ben, { epoch, seq: 1 });
      mustHave(answer.data, { epoch, seq: last, recovered: true }, 'the answer to joining with resume');
      mustEqual(
        seqs(room.toldTo(ben).map(payloadOf)),
        upTo(last, 2),
        'the seq of what comes before that answer',
      );
    },
  ],
  [
    'ROOM-4',
    'from another epoch, and from a number that is not reached, nothing is resumed',
    async (room) => {
      const [ada, ben] = [await room.member(), await room.connect()];
      await room.publish(ada);
      const { epoch, seq } = dataOf(await room.join(ada));
      for (const resume of [
        { epoch: 'another', seq: 0 },
        { epoch, seq: 1_000_000 },
      ]) {
        const answer = await room.join(ben, resume);
        mustHave(
          answer.data,
          { recovered: false, epoch, seq },
          `the answer to joining with resume ${show(resume.seq)}`,
        );
      }
      mustEqual((await room.toldInAll(ben)).length, 0, 'what was told all the same');
      await room.publish(ada);
      await room.told(ben, room.publisher.count);
    },
  ],
  [
    'ROOM-5',
    'an event with the key of an earlier one is not told again',
    async (room) => {
      const key = room.needsKey();
      const [ada, ben] = [await room.member(), await room.member()];
      const named = { [key]: room.trial.newId() };
      await Promise.all([room.publish(ada, named), room.publish(ada, named)]);
      await room.publish(ada, named);
      await room.publish(ada);
      const last = 2 * room.publisher.count;
      await room.told(ben, last);
      mustEqual(
        seqs(await room.toldInAll(ben)),
        upTo(last),
        'the seq of what is heard of one send, repeated, and another',
      );
    },
  ],
  [
    'ROOM-6',
    'the key of a send is told to whoever sent it, and to nobody else',
    async (room) => {
      const key = room.needsKey();
      const [ada, ben] = [await room.member(), await room.member()];
      const id = room.trial.newId();
      await room.publish(ada, { [key]: id });
      const [toSender] = await room.told(ada, 1);
      const [toOther] = await room.told(ben, 1);
      mustEqual(toSender?.[key], id, `${key} as the sender is told`);
      mustEqual(toOther?.[key], undefined, `${key} as another member is told`);
    },
  ],
  [
    'ROOM-7',
    'who has left hears nothing more, and may join again',
    async (room) => {
      const [ada, ben] = [await room.member(), await room.member()];
      must((await ben.ask(leave, room.room)).ok === true, `${leave} is refused`);
      await room.publish(ada);
      mustEqual((await room.toldInAll(ben)).length, 0, 'what is heard after leaving');
      await room.join(ben);
      await room.publish(ada);
      await room.told(ben, room.publisher.count);
    },
  ],
  [
    'ROOM-7',
    'leaving needs no membership',
    async (room) => {
      const client = await room.connect();
      must((await client.ask(leave, room.room)).ok === true, `${leave} of a room one is not in is refused`);
    },
  ],
  [
    'ROOM-2',
    'a connection that is gone is no member, and its successor only once it joins',
    async (room) => {
      const [ada, ben] = [await room.member(), await room.member()];
      const { epoch } = dataOf(await room.join(ben));
      ben.drop();
      const again = await room.connect();
      await room.publish(ada);
      mustEqual((await room.toldInAll(again)).length, 0, 'what is heard before joining again');
      await room.join(again, { epoch, seq: 0 });
      mustEqual(seqs(await room.toldInAll(again)), upTo(room.publisher.count), 'the seq of what was missed');
    },
  ],
  [
    'ROOM-1',
    'what is refused takes no number',
    async (room) => {
      const member = await room.member();
      const { event } = room.publisher;
      const flaws = room.trial.random.some(event.flaws(room.payload), 5);
      for (const { payload } of flaws) await member.ask(event.name, payload);
      mustEqual(seqOf(await room.join(member)), 0, 'seq after events that were refused');
    },
  ],
];

function joinCheck(kind: string): Check {
  return {
    rule: 'ROOM-3',
    title: `rooms ${kind}: joining is answered with where the room stands`,
    async run(trial) {
      const client = await trial.connect();
      const answer = await client.ask(join, { room: kind, id: trial.newId() });
      must(answer.ok === true, `${join} is answered with ${show(answer)}`);
      const { epoch, recovered } = dataOf(answer);
      must(typeof epoch === 'string' && epoch !== '', `joining is answered with the epoch ${show(epoch)}`);
      mustEqual(seqOf(answer), 0, 'seq of a new room');
      mustEqual(recovered, undefined, 'recovered of a join without resume');
    },
  };
}

/** What is checked of rooms with a journal. */
export function roomChecks(view: ContractView, knower: Knower): Check[] {
  const known = knower.kinds.flatMap((kind) => [
    joinCheck(kind),
    ...CHECKS.map(
      ([rule, title, run]): Check => ({
        rule,
        title: `rooms ${kind}: ${title}`,
        run: async (trial) => run(await RoomTrial.open(trial, view, knower, kind)),
      }),
    ),
  ]);
  const unknown: Check = {
    rule: 'ROOM-10',
    title: 'a kind of room that has no journal is refused',
    async run(trial) {
      const client = await trial.connect();
      const answer = await client.ask(join, { room: 'no-such-kind', id: trial.newId() });
      mustHave(errorOf(answer), { code: 'INVALID_PAYLOAD' }, 'the error');
    },
  };
  const [kind] = knower.kinds;
  if (kind === undefined) return [];
  const unstorable: Check = {
    rule: 'ROOM-10',
    title: 'an id that not every store can keep is refused',
    async run(trial) {
      const client = await trial.connect();
      for (const part of ['\0', '\ud800', '\udc00']) {
        const answer = await client.ask(join, { room: kind, id: `${trial.newId()}${part}` });
        mustHave(errorOf(answer), { code: 'INVALID_PAYLOAD' }, `the error for ${JSON.stringify(part)}`);
      }
    },
  };
  return [...known, unknown, unstorable];
}
