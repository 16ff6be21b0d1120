import { SESSION_NAMES } from '@wirepact/contract/runtime';
import type { Check } from '../../check/check';
import { must, mustEqual, mustHave, show } from '../../check/expectations';
import type { Trial } from '../../check/trial';
import { errorOf } from '../../wire/packet';
import type { WireClient } from '../../wire/wire-client';
import type { ContractView } from './contract-view';
import type { Knower } from './knowledge';

const { join, leave, watchPresence, updatePresence, presenceChanged } = SESSION_NAMES;

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

  async watch(client: WireClient, watching = true): Promise<void> {
    const answer = await client.ask(watchPresence, { ...this.room, watching });
    must(answer.ok === true, `${watchPresence} of a member is answered with ${show(answer)}`);
  }
}

type Run = (room: PresenceTrial) => Promise<void>;

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const CHECKS: readonly (readonly [rule: string, title: string, run: Run])[] = [
  [
    'PRESENCE-1',
    'who watches is told who is there, who comes and who goes',
    async (room) => {
      const ada = await room.member();
      await room.watch(ada);
      const first = await ada.next(presenceChanged, ({ members }) => isList(members));
      mustHave(first, { ...room.room, count: 1 }, presenceChanged);
      const ben = await room.member();
      await ada.next(presenceChanged, ({ joined, members }) => isList(joined) || isList(members));
      await ben.ask(leave, room.room);
      await ada.next(presenceChanged, ({ left, members }) => isList(left) || isList(members));
    },
  ],
  [
    'PRESENCE-3',
    'a member is gone once its connection is',
    async (room) => {
      const [ada, ben] = [await room.member(), await room.member()];
      await room.watch(ada);
      await ada.next(presenceChanged, ({ members }) => isList(members));
      ben.drop();
      await ada.next(presenceChanged, ({ count }) => count === 1);
    },
  ],
  [
    'PRESENCE-2',
    'only members are told, and only members have a state',
    async (room) => {
      await room.member();
      const stranger = await room.trial.connect();
      const watching = await stranger.ask(watchPresence, { ...room.room, watching: true });
      mustHave(errorOf(watching), { code: 'FORBIDDEN' }, 'the error for watching');
      const state = await stranger.ask(updatePresence, room.room);
      mustHave(errorOf(state), { code: 'FORBIDDEN' }, 'the error for a state');
      mustEqual(stranger.all(presenceChanged).length, 0, 'what a stranger is told');
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
