import { isDeepStrictEqual } from 'node:util';
import { SESSION_NAMES } from '@wirepact/contract/runtime';
import type { Check } from '../../check/check';
import { must, mustEqual, mustHave, show } from '../../check/expectations';
import type { ConnectOptions, Trial } from '../../check/trial';
import { dataOf, errorOf, type Fields, toFields } from '../../wire/packet';
import type { WireClient } from '../../wire/wire-client';
import type { ContractView } from './contract-view';
import type { Knower } from './knowledge';

const { established, heartbeat, join, leave, watchPresence, updatePresence, presenceChanged } = SESSION_NAMES;

/** A time that is waited for, and one that is not, in milliseconds. */
const [SHORT_MS, LONG_MS] = [300, 60_000];

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Who is in a room after a change. */
function applyChange(there: readonly unknown[], { members, joined, left }: Fields): readonly unknown[] {
  const come = listOf(members ?? joined).map((member) => toFields(toFields(member).identity).entityId);
  const stayed = members === undefined ? there.filter((one) => !listOf(left).includes(one)) : [];
  return [...stayed, ...come];
}

/** What a change says that a member does now, told as an update or with the member; `undefined` where it says nothing of it. */
function stateIn(
  { updated, joined, members }: Fields,
  entityId: unknown,
): { readonly state: unknown } | undefined {
  const updates = listOf(updated)
    .map(toFields)
    .filter((one) => one.entityId === entityId);
  const come = [...listOf(members), ...listOf(joined)].map(toFields);
  const met = come.filter(({ identity }) => toFields(identity).entityId === entityId);
  const last = [...met, ...updates].at(-1);
  return last && { state: last.state };
}

/** A room of a kind whose members are told who is there. */
class PresenceTrial {
  readonly room: { readonly room: string; readonly id: string };

  constructor(
    readonly trial: Trial,
    private readonly view: ContractView,
    kind: string,
  ) {
    this.room = { room: kind, id: trial.newId() };
  }

  async member(options?: ConnectOptions): Promise<WireClient> {
    const client = await this.trial.connect(options);
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

  /** A state that the contract allows; skips the check where none is found, or where it says nothing. */
  state(): unknown {
    const state = this.view.sampleState(this.room.room, this.trial.random);
    return toFields(state) === state && Object.keys(toFields(state)).length > 0
      ? state
      : this.trial.skip('no state of a member could be made from its schema');
  }

  /** A member that is watched by another, and that one’s name for it. */
  async watched(): Promise<{
    readonly ada: WireClient;
    readonly ben: WireClient;
    readonly entityId: unknown;
  }> {
    const ada = await this.member();
    const { entityId: own } = await ada.next(established);
    const ben = await this.member({ as: own === undefined ? 'own' : 'other' });
    await this.watch(ada);
    const both = await this.knows(ada, 2);
    await ben.ask(leave, this.room);
    const [stayed] = await this.knows(ada, 1);
    await ben.ask(join, this.room);
    await this.knows(ada, 2);
    return { ada, ben, entityId: both.find((one) => one !== stayed) };
  }

  async says(client: WireClient, more: Fields): Promise<Fields> {
    const answer = await client.ask(updatePresence, { ...this.room, ...more });
    must(answer.ok === true, `${updatePresence} with ${show(more)} is answered with ${show(answer)}`);
    return dataOf(answer);
  }

  /** Waits until what who watches is told last of a member is this state, `undefined` for none. */
  async hears(client: WireClient, entityId: unknown, state: unknown): Promise<void> {
    const isLast = () => {
      const told = client.all(presenceChanged).flatMap((change) => stateIn(change, entityId) ?? []);
      return isDeepStrictEqual(told.at(-1), { state }) || undefined;
    };
    await client.until(isLast, 'what is told last of what a member does is not what it does');
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
    'PRESENCE-3',
    'connections of one entity are one member',
    async (room) => {
      const ben = await room.member({ as: 'other' });
      await room.member({ as: 'other' });
      const ada = await room.member();
      const { entityId } = await ben.next(established);
      if (entityId === undefined) room.trial.skip('nobody is signed in: give the run credentials');
      await room.watch(ada);
      must((await room.knows(ada, 2)).includes(entityId), 'a member is not told under its entityId');
    },
  ],
  [
    'PRESENCE-4',
    'what a member does is told, and that it does nothing once its time is over',
    async (room) => {
      const { ada, ben, entityId } = await room.watched();
      const state = room.state();
      // What holds for less than the server waits before it tells of changes may never be told.
      await room.says(ben, { state, ttlMs: LONG_MS });
      await room.hears(ada, entityId, state);
      const { ttlMs } = await room.says(ben, { state, ttlMs: SHORT_MS });
      must(Number.isSafeInteger(ttlMs) && Number(ttlMs) <= SHORT_MS, `the time is ${show(ttlMs)}`);
      await room.hears(ada, entityId, undefined);
    },
  ],
  [
    'PRESENCE-4',
    'a member that says no state does nothing any more',
    async (room) => {
      const { ada, ben, entityId } = await room.watched();
      const state = room.state();
      await room.says(ben, { state, ttlMs: LONG_MS });
      await room.hears(ada, entityId, state);
      await room.says(ben, {});
      await room.hears(ada, entityId, undefined);
    },
  ],
  [
    'PRESENCE-6',
    'of what changes several times, the last is told',
    async (room) => {
      const { ada, ben, entityId } = await room.watched();
      const state = room.state();
      for (const more of [{ state, ttlMs: LONG_MS }, {}, { state, ttlMs: LONG_MS }])
        await room.says(ben, more);
      await room.hears(ada, entityId, state);
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

function undeclaredCheck(view: ContractView, kind: string): Check {
  return {
    rule: 'PRESENCE-2',
    title: `rooms ${kind}: nobody is told who is there, as the contract does not declare it`,
    async run(trial) {
      const room = new PresenceTrial(trial, view, kind);
      const ada = await room.member();
      const answer = await ada.ask(watchPresence, { ...room.room, watching: true });
      must(answer.ok === false, `${watchPresence} is answered with ${show(answer)}`);
    },
  };
}

/** What is checked of who is in a room. */
export const presenceChecks = (view: ContractView, knower: Knower): Check[] =>
  knower.kinds.flatMap((kind) =>
    Object.hasOwn(view.presence, kind)
      ? CHECKS.map(
          ([rule, title, run]): Check => ({
            rule,
            title: `rooms ${kind}: ${title}`,
            run: (trial) => run(new PresenceTrial(trial, view, kind)),
          }),
        )
      : [undeclaredCheck(view, kind)],
  );
