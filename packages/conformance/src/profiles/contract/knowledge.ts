import { SESSION_NAMES } from '@wirepact/contract/runtime';
import { oncePerTarget } from '../../check/once-per-target';
import type { Target } from '../../check/target';
import { Trial } from '../../check/trial';
import { type Answer, dataOf, type Fields, isFields, toFields } from '../../wire/packet';
import type { WireClient } from '../../wire/wire-client';
import type { ContractView, EventView } from './contract-view';
import { argumentsFor, samplesOf } from './event-checks';
import { actingAs, addressOf, durableIn, inNewRoom, journalKinds, type RoomAddress } from './rooms-of';
import { TextPool } from './text-pool';

/** An event that a client can send so that something is published in a room. */
export interface Publisher {
  readonly event: EventView;
  /** A payload that succeeds. It names a room: see `inNewRoom`. */
  readonly payload: Fields;
  /** How many numbers of the journal it takes. */
  readonly count: number;
}

/** What was found out about the server of a contract by trying. */
export interface Knowledge {
  /** Payloads that succeed, by the name of their event. */
  readonly successes: ReadonlyMap<string, unknown>;
  /** What publishes, by the kind of room. */
  readonly publishers: ReadonlyMap<string, Publisher>;
}

/** The number of a room's last event; `undefined` where the server does not say. */
export function seqOf(joined: Answer): number | undefined {
  const { seq } = dataOf(joined);
  return typeof seq === 'number' ? seq : undefined;
}

/** Tries events, one after the other, and notes what succeeds. */
class Explorer {
  readonly successes = new Map<string, unknown>();
  readonly publishers = new Map<string, Publisher>();
  private readonly texts = new TextPool();

  constructor(
    private readonly view: ContractView,
    private readonly client: WireClient,
  ) {}

  /** Tries an event with payloads that are made from its schema. */
  async tryMade(event: EventView, trial: Trial): Promise<void> {
    for (const payload of samplesOf(event, trial.random)) {
      if (await this.succeeds(event, inNewRoom(event, payload))) return;
    }
  }

  /** Tries it with texts that the server has answered others with: ids of what there is. */
  async tryLearned(event: EventView, trial: Trial): Promise<void> {
    if (this.successes.has(event.name)) return;
    const payload = event.sample(trial.random, 'most');
    for (const candidate of this.texts.variantsOf(event, payload)) {
      if (await this.succeeds(event, inNewRoom(event, candidate))) return;
    }
  }

  private async succeeds(event: EventView, made: unknown): Promise<boolean> {
    const payload = actingAs(event, made, this.client);
    const room = addressOf(event, toFields(payload));
    const hasJournal = room !== undefined && durableIn(this.view, room.room).length > 0;
    const before = hasJournal ? await this.join(room) : undefined;
    const answer = await this.client.ask(event.name, ...argumentsFor(event, payload));
    if (answer.ok !== true) return false;
    this.texts.learn(answer.data);
    this.successes.set(event.name, payload);
    const after = hasJournal ? await this.join(room) : undefined;
    const count = after !== undefined && before !== undefined ? after - before : 0;
    if (room && isFields(payload) && count > 0 && !this.publishers.has(room.room))
      this.publishers.set(room.room, { event, payload, count });
    return true;
  }

  private async join(room: RoomAddress): Promise<number | undefined> {
    return seqOf(await this.client.ask(SESSION_NAMES.join, room));
  }
}

async function explore(view: ContractView, target: Target): Promise<Knowledge> {
  const trial = new Trial(target, `exploring ${view.name}`);
  try {
    const explorer = new Explorer(view, await trial.connect());
    const requests = view.clientToServer.filter(({ declared }) => !declared.stream);
    for (const event of requests) await explorer.tryMade(event, trial);
    for (const event of requests) await explorer.tryLearned(event, trial);
    return explorer;
  } finally {
    trial.close();
  }
}

/** Finds out what a server has, once a run. */
export class Knower {
  /** What is known of the target, which is found out where nobody has asked before. */
  readonly of = oncePerTarget((target) => explore(this.view, target));

  constructor(private readonly view: ContractView) {}

  /** The event by which something is published in rooms of a kind; skips the check where there is none. */
  async publisherOf(trial: Trial, kind: string): Promise<Publisher> {
    const { publishers } = await this.of(trial.target);
    const publisher = publishers.get(kind);
    if (publisher) return publisher;
    const names = this.view.clientToServer.filter(({ declared }) => declared.room?.name === kind);
    return trial.skip(
      `nothing that was sent published anything in a room ${kind}; give ${names.map(({ name }) => name).join(' or ') || 'the contract an event'} an example that does`,
    );
  }

  /** The kinds of room that have a journal. */
  get kinds(): readonly string[] {
    return journalKinds(this.view);
  }
}
