import { SESSION_NAMES } from '@wirepact/contract/runtime';
import type { Check } from '../../check/check';
import { must, mustEqual, mustHave, show } from '../../check/expectations';
import type { Trial } from '../../check/trial';
import { dataOf, errorOf } from '../../wire/packet';
import type { WireClient } from '../../wire/wire-client';
import { seqs, upTo } from '../seqs';
import type { ContractView } from './contract-view';
import type { Knower } from './knowledge';
import { RoomTrial } from './room-trial';
import { entityOf, type RoomAddress } from './rooms-of';

const { heartbeat, join, left, watchPresence } = SESSION_NAMES;

/** Two members that are two who are signed in. */
async function pair(room: RoomTrial): Promise<readonly [WireClient, WireClient]> {
  const ben = await room.connect({ as: 'other' });
  const ada = await room.member();
  const answer = await ben.ask(join, room.room);
  if (errorOf(answer).code === 'FORBIDDEN') room.trial.skip('somebody else may not join rooms that are new');
  must(answer.ok === true, `${join} is answered with ${show(answer)}`);
  if (entityOf(ada) === entityOf(ben)) room.trial.skip('who is said to be somebody else is the same entity');
  return [ada, ben];
}

type Run = (room: RoomTrial) => Promise<void>;

/** Rules of rooms that show between two who are signed in. */
const CHECKS: readonly (readonly [rule: string, title: string, run: Run])[] = [
  [
    'ROOM-5',
    'the key that somebody else has used names another event',
    async (room) => {
      const key = room.needsKey();
      const [ada, ben] = await pair(room);
      const named = { [key]: room.trial.newId() };
      for (const client of [ada, ben, ada, ben]) await room.publish(client, named);
      await room.publish(ada);
      const last = 3 * room.publisher.count;
      await room.told(ben, last);
      mustEqual(
        seqs(await room.toldInAll(ben)),
        upTo(last),
        'the seq of what is heard of one key of two, each repeated, and another',
      );
    },
  ],
  [
    'ROOM-6',
    'the key of a send is not told to somebody else who comes back to it',
    async (room) => {
      const key = room.needsKey();
      const [ada, ben] = await pair(room);
      const { epoch } = dataOf(await room.join(ada));
      await room.publish(ada);
      const late = await room.connect({ as: 'other' });
      await room.join(late, { epoch, seq: 0 });
      for (const client of [ben, late]) {
        const [told] = await room.told(client, 1);
        mustEqual(told?.[key], undefined, `${key} as somebody else is told`);
      }
    },
  ],
  [
    'ROOM-8',
    'whom the host takes out is told so, and hears no more of the room',
    async (room) => {
      const { remove } = room.trial.target.host;
      if (!remove) return room.trial.skip('the run has no host that takes members out');
      const [ada, ben] = await pair(room);
      const entityId = entityOf(ben);
      if (entityId === undefined) return room.trial.skip('nobody is signed in: give the run credentials');
      await remove(room.room, entityId);
      const told = await ben.next(left);
      mustHave(told, { ...room.room }, left);
      must(typeof told.reason === 'string' && told.reason !== '', `the reason is ${show(told.reason)}`);
      await room.publish(ada);
      mustEqual((await room.toldInAll(ben)).length, 0, 'what is heard after it');
      mustEqual(ada.all(left).length, 0, 'how often another member is told so');
    },
  ],
];

/** The private room of a kind; `undefined` where none is known. With several kinds it is named `kind:id`. */
function privateRoomOf({ target }: Trial, kind: string, { kinds }: Knower): RoomAddress | undefined {
  const { privateRoom: named } = target;
  if (named?.startsWith(`${kind}:`)) return { room: kind, id: named.slice(kind.length + 1) };
  return named !== undefined && kinds.length === 1 ? { room: kind, id: named } : undefined;
}

function privateCheck(knower: Knower, kind: string): Check {
  return {
    rule: 'ROOM-7',
    title: `rooms ${kind}: who may not be in a room does not join it, and hears nothing of it`,
    async run(trial) {
      const room = privateRoomOf(trial, kind, knower);
      if (!room) return trial.skip('no private room of this kind is known: privateRoom, or --private-room');
      const [ada, ben] = [await trial.connect(), await trial.connect({ as: 'other' })];
      const joined = await ada.ask(join, room);
      if (joined.ok !== true)
        trial.skip(`who is to be in the private room may not join it: ${show(joined.error)}`);
      const resume = { epoch: dataOf(joined).epoch, seq: 0 };
      for (const payload of [room, { ...room, resume }])
        mustHave(errorOf(await ben.ask(join, payload)), { code: 'FORBIDDEN' }, 'the error of joining');
      const watching = await ben.ask(watchPresence, { ...room, watching: true });
      must(watching.ok === false, `${watchPresence} is answered with ${show(watching)}`);
      const { length } = ben.packets;
      await publishIn(room, ada, trial, knower);
      await ben.ask(heartbeat);
      mustEqual(ben.packets.length, length, 'how many events had come before, and how many after');
    },
  };
}

/** Publishes in a room, where it is known what does and may name that room. */
async function publishIn({ room, id }: RoomAddress, client: WireClient, trial: Trial, knower: Knower) {
  const { event, payload } = await knower.publisherOf(trial, room);
  const { property = '' } = event.declared.room ?? {};
  await client.ask(event.name, { ...payload, [property]: id });
}

/** What is checked of rooms where two sign in. */
export const identityChecks = (view: ContractView, knower: Knower): Check[] =>
  knower.kinds.flatMap((kind) => [
    ...CHECKS.map(
      ([rule, title, run]): Check => ({
        rule,
        title: `rooms ${kind}: ${title}`,
        run: async (trial) => run(await RoomTrial.open(trial, view, knower, kind)),
      }),
    ),
    privateCheck(knower, kind),
  ]);
