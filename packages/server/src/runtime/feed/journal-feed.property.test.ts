import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { JournalFeed } from './journal-feed';
import { CHANNEL, EPOCH, TestConnection, TestJournal } from './test-journal';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const CONNECTIONS = 3;

/** Something that happens to a room with members of this process, whose journal others write to as well. */
type Step =
  | {
      readonly kind: 'write' | 'lose-answer' | 'write-elsewhere';
      readonly who: number;
      readonly isTold: boolean;
    }
  | { readonly kind: 'join' | 'resume' | 'leave' | 'close'; readonly who: number }
  | { readonly kind: 'fail' | 'heal' | 'turn' };

const who = fc.nat(CONNECTIONS - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom('write' as const, 'lose-answer' as const, 'write-elsewhere' as const),
      who,
      isTold: fc.boolean(),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('join' as const, 'resume' as const, 'leave' as const, 'close' as const),
      who,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('fail' as const, 'heal' as const, 'heal' as const) }),
  },
  { weight: 10, arbitrary: fc.record({ kind: fc.constant('turn' as const) }) },
);

/** A feed, its journal, and connections of which each is there once more whenever one was closed. */
class Stage {
  readonly journal = new TestJournal();
  readonly connections: TestConnection[] = [];
  /** The number after which a connection is to have received everything, while it is a member. */
  readonly since = new Map<TestConnection, number>();
  readonly feed = new JournalFeed<TestConnection>({
    journal: this.journal,
    sender: {
      toOne: (connection, _event, payload) => void connection.received.push(payload as { seq: number }),
      toRoom: (_roomId, exceptIds, _event, payload) => {
        for (const connection of this.connections)
          if (connection.isInRoom && !exceptIds.includes(connection.id))
            connection.received.push(payload as { seq: number });
      },
      join: (connection) => {
        connection.isInRoom = true;
      },
      leave: (connection) => {
        connection.isInRoom = false;
      },
    },
    onEnd: () => {
      throw new Error('the room never ends');
    },
    onForeignWrite: () => {},
  });

  constructor() {
    for (let index = 0; index < CONNECTIONS; index += 1) this.open(index);
  }

  /** The connection a step is about. */
  at(index: number): TestConnection {
    const connection = this.connections[index];
    if (!connection) throw new Error(`There is no connection ${index}.`);
    return connection;
  }

  take(taken: Step): Promise<unknown> | undefined {
    switch (taken.kind) {
      case 'write':
        return this.write(this.at(taken.who), true);
      case 'lose-answer':
        return this.write(this.at(taken.who), false);
      case 'write-elsewhere': {
        const { seq } = this.journal.commit('somebody elsewhere');
        return taken.isTold ? this.feed.moveTo(CHANNEL, { epoch: EPOCH, seq }) : undefined;
      }
      case 'join':
        this.enter(this.at(taken.who), undefined);
        return undefined;
      case 'resume':
        this.enter(this.at(taken.who), this.at(taken.who).received.at(-1)?.seq ?? 0);
        return undefined;
      case 'leave':
        this.since.delete(this.at(taken.who));
        this.feed.leave(this.at(taken.who), CHANNEL);
        return undefined;
      case 'close':
        this.since.delete(this.at(taken.who));
        this.at(taken.who).end();
        this.feed.forget(this.at(taken.who));
        this.open(taken.who);
        return undefined;
      case 'fail':
        this.journal.isUp = false;
        return undefined;
      case 'heal':
        this.journal.isUp = true;
        return undefined;
      case 'turn':
        return vi.advanceTimersByTimeAsync(1).then(() => undefined);
    }
  }

  private open(index: number): void {
    this.connections[index] = new TestConnection(`c${index}-${this.journal.seq}-${Math.random()}`);
  }

  private async write(connection: TestConnection, isAnswered: boolean): Promise<void> {
    const key = `${this.journal.seq + 1}`;
    const written = this.feed.write({ roomId: CHANNEL, key, sender: connection }, async () => {
      const entry = this.journal.commit(connection.id);
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (!isAnswered) throw new Error('the answer was lost');
      return entry;
    });
    const entry = await written.catch(() => undefined);
    if (entry) await this.feed.publish(CHANNEL, EPOCH, entry, connection);
  }

  /** One join of a connection at a time, as its handlers see to. */
  private readonly entering = new Map<TestConnection, Promise<unknown>>();

  private enter(connection: TestConnection, resume: number | undefined): void {
    const before = this.entering.get(connection) ?? Promise.resolve();
    const entered = before.then(() => this.tryToEnter(connection, resume));
    this.entering.set(connection, entered);
  }

  private async tryToEnter(connection: TestConnection, resume: number | undefined): Promise<void> {
    const position = resume === undefined ? undefined : { epoch: EPOCH, seq: resume };
    const isNew = position !== undefined || !this.feed.isMember(connection, CHANNEL);
    const { received } = connection;
    let since = resume;
    let mark = received.length;
    const entering = {
      connection,
      actor: connection.id,
      find: async () => {
        const found = (await this.journal.readHeads()).get(CHANNEL) ?? this.journal.position;
        since ??= found.seq;
        return found;
      },
      onEntering: () => {
        mark = received.length;
      },
    };
    try {
      const entered = await this.feed.enter(entering, CHANNEL, position);
      if (!entered || !isNew) return;
      // What comes from here on is told from what came before.
      received.splice(0, mark);
      this.since.set(connection, since ?? 0);
    } catch {
      // The journal could not be read: whoever was a member still is. It may have been sent again what it had.
      const last = Math.max(0, ...received.slice(0, mark).map(({ seq }) => seq));
      received.push(...received.splice(mark).filter(({ seq }) => seq > last));
    }
  }
}

/** A join that overtakes an entrance which had sent a part. */
const OVERTAKEN: Step[] = [
  { kind: 'join', who: 1 },
  { kind: 'resume', who: 1 },
  { kind: 'turn' },
  { kind: 'turn' },
  { kind: 'lose-answer', who: 0, isTold: false },
  { kind: 'write', who: 0, isTold: false },
  { kind: 'turn' },
  { kind: 'write', who: 0, isTold: false },
  { kind: 'turn' },
  { kind: 'fail' },
  { kind: 'turn' },
  { kind: 'write', who: 0, isTold: false },
  { kind: 'heal' },
  { kind: 'turn' },
  { kind: 'join', who: 1 },
];

/** A journal that fails in the middle of what is read for whoever could not be read for before. */
const BROKEN_OFF_TWICE: Step[] = [
  { kind: 'join', who: 0 },
  { kind: 'resume', who: 0 },
  ...Array.from({ length: 4 }, (): Step => ({ kind: 'turn' })),
  { kind: 'write', who: 0, isTold: false },
  { kind: 'fail' },
  { kind: 'turn' },
  { kind: 'write', who: 0, isTold: false },
  { kind: 'heal' },
  { kind: 'write', who: 0, isTold: false },
  { kind: 'write', who: 0, isTold: false },
  { kind: 'turn' },
  { kind: 'turn' },
  { kind: 'fail' },
  { kind: 'turn' },
];

/** What has been found to go wrong before. */
const FOUND_BEFORE = [OVERTAKEN, BROKEN_OFF_TWICE];

test('[SEQ-7] [SEQ-5] [C1] [C2] [C3] every member gets each event once, in order, none left out, whoever wrote it and whatever was lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 120, size: 'max' }), async (steps) => {
      const stage = new Stage();
      for (const taken of steps) {
        const done = stage.take(taken);
        // Time goes on at turns only: everything else is under way together.
        if (taken.kind === 'turn') await done;
      }
      stage.journal.isUp = true;
      // No further event happens: what was missed is found out without one.
      await vi.advanceTimersByTimeAsync(30_000);
      for (const [connection, since] of stage.since) {
        if (!stage.feed.isMember(connection, CHANNEL)) continue;
        const numbers = connection.received.map(({ seq }) => seq).filter((seq) => seq > since);
        const expected = Array.from({ length: stage.journal.seq - since }, (_, index) => since + index + 1);
        expect(numbers).toEqual(expected);
        const isAnothers = ({ seq, isOwn }: { seq: number; isOwn?: boolean }) =>
          isOwn === true && stage.journal.actorOf(seq) !== connection.id;
        expect(connection.received.filter(isAnothers)).toEqual([]);
      }
      stage.feed.close();
    }),
    { numRuns: 200, examples: FOUND_BEFORE.map((steps) => [steps]) },
  );
});
