import { ANSWER_KINDS, type PlannedAnswer, toQuestion } from './answers';
import { toName } from './chaos-text';
import type { Amounts } from './disturbance';
import { createRandom, type Random, toPartSeed } from './random';

/**
 * Which client a member uses: `reference`, or the SDK. `polling` begins with HTTP and upgrades to a WebSocket;
 * `reader` sends nothing. Two speak the wire of deployed ElizaOS clients: `elizaos` is the SDK, `deployed` a page as it is
 * deployed, which begins with HTTP.
 */
export type ClientKind = 'reference' | 'sdk' | 'polling' | 'reader' | 'elizaos' | 'deployed';

/** Whether a member speaks the wire of deployed ElizaOS clients, which has no numbers and stops no answer. */
export const isDeployed = (kind: ClientKind): boolean => kind === 'elizaos' || kind === 'deployed';

/** What a run is made of. The same plan gives the same schedule and the same sends. */
export interface ChaosPlan {
  readonly seed: number;
  /** The contract whose servers and clients it is about. */
  readonly subject: 'chat' | 'board';
  /** Where the servers keep everything. */
  readonly store: 'sqlite' | 'postgres';
  /** Server processes on this store; the members of every channel are spread over them. */
  readonly servers: number;
  /** Whether a Redis joins them. */
  readonly redis?: boolean;
  readonly clients: readonly ClientKind[];
  /** Channels that the clients send to. */
  readonly channels: number;
  /** Channels besides, where only last words are said. */
  readonly silentChannels: number;
  /** Messages all clients send together, last words aside. */
  readonly sends: number;
  /** Sends of one client that are under way at the same time. */
  readonly window: number;
  /** Share of the messages that are sent a second time, half of them at once and half once acknowledged. */
  readonly repeated: number;
  /** Share of the messages that are long. */
  readonly long?: number;
  /** Share of the messages that an agent answers, where the contract has agents; none of them is long. Without it nobody is asked. */
  readonly answered?: number;
  readonly amounts: Partial<Amounts>;
  /** How long PostgreSQL is stopped at most, in milliseconds. */
  readonly freezeMs?: number;
  /** A defect that the server is given, for tests of the checker. */
  readonly fault?: string;
  /** How long a client is kept away at most, in milliseconds. */
  readonly outageMs: number;
  /** How long the run may stand still before what is missing is reported, in milliseconds. */
  readonly patienceMs: number;
}

/** One message a client is going to send. */
export interface PlannedSend {
  readonly channel: number;
  /** Names its message, and is there once in a run. */
  readonly text: string;
  readonly repeat: 'never' | 'atOnce' | 'later';
}

/** A few dozen of them are more than the system keeps for a peer that does not read. */
const LONG_TEXT = 30_000;

/** Parts of an answer at most, and milliseconds between two of them: it takes a second at most. */
const MAX_CHUNKS = 25;
const MAX_PACE_MS = 40;

const createAnswer = (random: Random, stoppers: readonly number[]): PlannedAnswer => ({
  kind: random.pick(ANSWER_KINDS),
  chunks: 2 + random.below(MAX_CHUNKS - 2),
  paceMs: 10 + random.below(MAX_PACE_MS - 10),
  stopper: stoppers[random.below(stoppers.length)] ?? 0,
});

/** What one client sends, in order. */
export function createSends(plan: ChaosPlan, index: number): PlannedSend[] {
  const senders = plan.clients.flatMap((kind, sender) => (kind === 'reader' ? [] : [sender]));
  const stoppers = senders.filter((sender) => !isDeployed(plan.clients[sender] ?? 'reference'));
  const share = Math.floor(plan.sends / senders.length);
  const rest = plan.sends - share * senders.length;
  const count = senders.includes(index) ? share + (index === senders[0] ? rest : 0) : 0;
  const random = createRandom(toPartSeed(plan.seed, index + 1));
  return Array.from({ length: count }, (_, number) => {
    const channel = random.below(plan.channels);
    const repeat = random.chance(plan.repeated) ? random.pick(['atOnce', 'later'] as const) : 'never';
    const length = random.chance(plan.long ?? 0) ? LONG_TEXT : 0;
    const name = toName(index, number + 1, length);
    const isAnswered = length === 0 && random.chance(plan.answered ?? 0);
    return { channel, text: isAnswered ? toQuestion(name, createAnswer(random, stoppers)) : name, repeat };
  });
}
