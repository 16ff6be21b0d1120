import type { Check } from '../../check/check';
import { must, show } from '../../check/expectations';
import type { Target } from '../../check/target';
import type { FlawKind } from '../../sample/flaws';
import { Random } from '../../sample/random';
import { errorOf, toFields } from '../../wire/packet';
import type { WireClient } from '../../wire/wire-client';
import type { ContractView, EventView, RefusedPayload } from './contract-view';
import { judgeAnswer, judgeError } from './judge-answer';
import { inNewRoom } from './rooms-of';

/** The rules that checks of single events are bound to. */
export interface EventRules {
  /** Events are answered, once. */
  readonly answered: string;
  /** What is wrong is refused, by what is wrong. */
  readonly refused: (kind: FlawKind) => string;
  /** Errors say what they are. */
  readonly errors: string;
  /** What stands in the place of an acknowledgement, or after the payload, is ignored. */
  readonly ignored: string;
}

/** A contract whose events are checked one by one. */
export interface EventSuite {
  readonly view: ContractView;
  readonly rules: EventRules;
  /** The name of the event that is always answered. */
  readonly heartbeat: string;
  /** Default 1. */
  readonly seed?: number | undefined;
}

/** Flawed payloads that one check sends at most. */
const MAX_FLAWS = 10;

/** Valid payloads: the examples, and some that are made from the schema. */
export function samplesOf(view: EventView, random: Random): readonly unknown[] {
  const made = (['least', 'most', 'some'] as const).map((fullness) => view.sample(random, fullness));
  return [...view.declared.examples, ...made.filter((payload) => payload !== undefined)];
}

/** What an event is sent with: the payload, or nothing where it declares none. */
export const argumentsFor = ({ declared }: EventView, payload: unknown): unknown[] =>
  declared.payload ? [payload] : [];

function validCheck({ view, rules }: EventSuite, event: EventView): Check {
  return {
    rule: rules.answered,
    title: `${event.name}: what is valid is answered once, as the contract says`,
    async run(trial) {
      const client = await trial.connect();
      const samples = samplesOf(event, trial.random);
      if (samples.length === 0) trial.skip(`no payload could be made; give ${event.name} an example`);
      for (const sample of samples) {
        const answer = await client.ask(event.name, ...argumentsFor(event, inNewRoom(event, sample)));
        judgeAnswer(view, event, answer);
      }
      must(client.repeatedAcknowledgements === 0, `${event.name} is acknowledged more than once`);
    },
  };
}

function ignoredCheck({ rules, heartbeat }: EventSuite, event: EventView): Check {
  return {
    rule: rules.ignored,
    title: `${event.name}: what is no acknowledgement is not called, and the server goes on`,
    async run(trial) {
      const [client, other] = [await trial.connect(), await trial.connect()];
      const [sample = {}] = samplesOf(event, trial.random);
      client.emit(event.name, inNewRoom(event, sample), 'no function', { nor: 'this' });
      await client.ask(heartbeat);
      await other.ask(heartbeat);
    },
  };
}

/** A valid payload that has as much as possible in it, the same for the same seed. */
const wholePayload = (event: EventView, seed: number) => event.sample(new Random(seed, event.name), 'most');

/** Sends what is wrong. @throws Violation Where it is not refused as such. */
async function refuse(client: WireClient, name: string, { payload, path, code, paths }: RefusedPayload) {
  const answer = await client.ask(name, payload);
  const what = `${name} with ${show(payload)}${path && ` (${path})`}`;
  must(answer.ok === false, `${what} is answered with ${show(answer)}, not refused`);
  const error = errorOf(answer);
  must(error.code === code, `${what} is refused with ${show(error.code)}, not ${code}`);
  if (code === 'PAYLOAD_TOO_LARGE') return;
  const { issues } = error;
  const isNamed = Array.isArray(issues) && issues.some((issue) => paths.has(String(toFields(issue).path)));
  must(isNamed, `${what} is refused without the place of what is wrong: issues are ${show(issues)}`);
}

/** Whether a payload is right after all, as who acts may be left out by whoever is signed in. */
const isLeftOut = (
  { kind, paths }: RefusedPayload,
  { declared: { actor } }: EventView,
  { hasCredentials }: Target,
): boolean => hasCredentials && kind === 'missing properties' && paths.has(`/${actor}`);

function flawCheck({ rules, heartbeat }: EventSuite, event: EventView, kind: FlawKind): Check {
  return {
    rule: rules.refused(kind),
    title: `${event.name}: a payload that is wrong is refused: ${kind}`,
    async run(trial) {
      const client = await trial.connect();
      const whole = inNewRoom(event, wholePayload(event, trial.target.seed));
      const meant = event
        .flaws(whole)
        .filter((flaw) => flaw.kind === kind && !isLeftOut(flaw, event, trial.target));
      for (const flaw of trial.random.some(meant, MAX_FLAWS)) await refuse(client, event.name, flaw);
      if (kind === 'no object') {
        const answer = await client.ask(event.name);
        const { code } = errorOf(answer);
        must(code === 'INVALID_PAYLOAD', `${event.name} without a payload is answered with ${show(answer)}`);
      }
      await client.ask(heartbeat);
    },
  };
}

function errorCheck({ view, rules }: EventSuite, event: EventView): Check {
  return {
    rule: rules.errors,
    title: `${event.name}: an error has a code, a message and whether it is retryable`,
    async run(trial) {
      const client = await trial.connect();
      const flaws = event.flaws(inNewRoom(event, wholePayload(event, trial.target.seed)));
      for (const { payload } of trial.random.some(flaws, 3))
        judgeError(view, event.name, await client.ask(event.name, payload));
    },
  };
}

/** What is checked of each event of a contract that clients send, whatever it is about. */
export function eventChecks(suite: EventSuite, events: readonly EventView[]): Check[] {
  return events.flatMap((event) => {
    const common = [validCheck(suite, event), ignoredCheck(suite, event)];
    if (!event.declared.payload) return common;
    const kinds = new Set(event.flaws(wholePayload(event, suite.seed ?? 1)).map(({ kind }) => kind));
    return [
      ...common,
      ...[...kinds].toSorted().map((kind) => flawCheck(suite, event, kind)),
      errorCheck(suite, event),
    ];
  });
}
