import { SESSION_NAMES } from '@wirepact/contract/runtime';
import type { Check } from '../../check/check';
import { must, mustEqual, mustHave, show } from '../../check/expectations';
import type { Trial } from '../../check/trial';
import { errorOf, type Fields, toFields } from '../../wire/packet';
import type { WireClient } from '../../wire/wire-client';
import type { ContractView } from './contract-view';
import type { Knower } from './knowledge';

const { established, heartbeat, join, leave, watchPresence, updatePresence, presenceChanged } = SESSION_NAMES;

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Who is in a room after a change. */
function applyChange(there: readonly unknown[], { members, joined, left }: Fields): readonly unknown[] {
  const come = listOf(members ?? joined).map((member) => toFields(toFields(member).identity).entityId);
  const stayed = members === undefined ? there.filter((one) => !listOf(left).includes(one)) : [];
  return [...stayed, ...come];
}

/** A room of a kind whose members are told who is there. */
class PresenceTrial {
  readonly room: { readonly room: string; readonly id: string };

  constructor(
    readonly trial: Trial,
    kind: string,
  ) {
    this.room = { room: kind, id: trial.newId() };
  }

  async member(): Promise<WireClient> {
    const client = await this.trial.connect();
    const answer = await client.ask(join, this.room);
    must(answer.ok === true, `${join} is answered with ${show(answer)}`);
    return client;
  }

  /** Two members; skips the check where all connections of the run are one entity, and so one member. */
  async pair(): Promise<readonly [WireClient, WireClient]> {
    const [ada, ben] = [await this.member(), await this.member()];
    const { entityId } = await ben.next(established);
    if (entityId !== undefined) this.trial.skip('all connections are one entity, which is one member');
    return [ada, ben];
  }

  async watch(client: WireClient, watching = true): Promise<void> {
    const answer = await client.ask(watchPresence, { ...this.room, watching });
    must(answer.ok === true, `${watchPresence} of a member is answered with ${show(answer)}`);
  }

  /** Waits until who watches knows of so many members, by all that it was told. */
  knows(client: WireClient, count: number): Promise<readonly unknown[]> {
    const find = () => {
      const changes = client.all(presenceChanged);
      const there = changes.reduce(applyChange, []);
      return changes.at(-1)?.count === count && new Set(there).size === count ? there : undefined;
    };
    return client.until(find, `who watches is not told who is there, with the count ${count}`);
  }
}

type Run = (room: PresenceTrial) => Promise<void>;

const CHECKS: readonly (readonly [rule: string, title: string, run: Run])[] = [
  [
    'PRESENCE-1',
    'who watches is told who is there, who comes and who goes',
    async (room) => {
      const [ada, ben] = await room.pair();
      await room.watch(ada);
      mustHave(await ada.next(presenceChanged), room.room, presenceChanged);
      const both = await room.knows(ada, 2);
      await ben.ask(leave, room.room);
      const [one] = await room.knows(ada, 1);
      must(both.includes(one), `who is there is ${show(one)}, who was not`);
      await ben.ask(join, room.room);
      const again = await room.knows(ada, 2);
      mustEqual(again.toSorted(), both.toSorted(), 'who is there once a member is back');
    },
  ],
  [
    'PRESENCE-3',
    'a member is gone once its connection is',
    async (room) => {
      const [ada, ben] = await room.pair();
      await room.watch(ada);
      await room.knows(ada, 2);
      ben.drop();
      await room.knows(ada, 1);
    },
  ],
  [
    'PRESENCE-2',
    'only members may watch, and only members have a state',
    async (room) => {
      await room.member();
      const stranger = await room.trial.connect();
      const watching = await stranger.ask(watchPresence, { ...room.room, watching: true });
      mustHave(errorOf(watching), { code: 'FORBIDDEN' }, 'the error for watching');
      const state = await stranger.ask(updatePresence, room.room);
      mustHave(errorOf(state), { code: 'FORBIDDEN' }, 'the error for a state');
    },
  ],
  [
    'PRESENCE-2',
    'nobody is told but members who watch',
    async (room) => {
      const [ada, ben] = await room.pair();
      const [idle, stranger] = [await room.member(), await room.trial.connect()];
      await room.watch(ada);
      await room.knows(ada, 3);
      await ben.ask(leave, room.room);
      await room.knows(ada, 2);
      for (const client of [idle, stranger]) {
        await client.ask(heartbeat);
        mustEqual(client.all(presenceChanged).length, 0, 'what is told to somebody who does not watch');
      }
    },
  ],
  [
    'PRESENCE-2',
    'who does not watch any more is told no more',
    async (room) => {
      const [ada, ben] = await room.pair();
      const eve = await room.member();
      await room.watch(ada);
      await room.watch(eve);
      await Promise.all([room.knows(ada, 3), room.knows(eve, 3)]);
      await room.watch(eve, false);
      const { length } = eve.all(presenceChanged);
      await ben.ask(leave, room.room);
      await room.knows(ada, 2);
      await eve.ask(heartbeat);
      mustEqual(eve.all(presenceChanged).length, length, 'what is told to somebody who watches no more');
    },
  ],
  [
    'PRESENCE-5',
    'a state that is no object, or is too large, is refused',
    async (room) => {
      const ada = await room.member();
      for (const state of [7, 'typing', [], { more: 'x'.repeat(1_500) }]) {
        const { code } = errorOf(await ada.ask(updatePresence, { ...room.room, state }));
        must(
          code === 'INVALID_PAYLOAD' || code === 'PAYLOAD_TOO_LARGE',
          `${show(state)} is answered with ${show(code)}`,
        );
      }
    },
  ],
];

function undeclaredCheck(kind: string): Check {
  return {
    rule: 'PRESENCE-2',
    title: `rooms ${kind}: nobody is told who is there, as the contract does not declare it`,
    async run(trial) {
      const room = new PresenceTrial(trial, kind);
      const ada = await room.member();
      const answer = await ada.ask(watchPresence, { ...room.room, watching: true });
      must(answer.ok === false, `${watchPresence} is answered with ${show(answer)}`);
    },
  };
}

/** What is checked of who is in a room. */
export const presenceChecks = ({ presence }: ContractView, knower: Knower): Check[] =>
  knower.kinds.flatMap((kind) =>
    Object.hasOwn(presence, kind)
      ? CHECKS.map(
          ([rule, title, run]): Check => ({
            rule,
            title: `rooms ${kind}: ${title}`,
            run: (trial) => run(new PresenceTrial(trial, kind)),
          }),
        )
      : [undeclaredCheck(kind)],
  );
