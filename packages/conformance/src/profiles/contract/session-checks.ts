import { SESSION_NAMES } from '@wirepact/contract/runtime';
import type { Check } from '../../check/check';
import { must, mustEqual, mustHave, show } from '../../check/expectations';
import { dataOf, errorOf, type Packet, toFields } from '../../wire/packet';
import type { ContractView } from './contract-view';
import { argumentsFor } from './event-checks';
import { judgeError } from './judge-answer';
import type { Knower } from './knowledge';
import { addressOf, inNewRoom } from './rooms-of';

const { established, heartbeat, authenticate, join } = SESSION_NAMES;

/** Names that every object inherits, beside those that nobody has. */
const UNKNOWN_NAMES = ['no_such_event', 'toString', 'constructor', '__proto__', 'valueOf', '0'];

const isOfSession = (event: string) => Object.values<string>(SESSION_NAMES).includes(event);

/** @throws Violation Where what came is no event of the contract, or carries something else. */
function judgeEvent(view: ContractView, packet: Packet): void {
  if (isOfSession(packet.event)) return;
  const known = view.serverToClient.get(packet.event);
  must(known, `the server sends ${packet.event}, which the contract does not have`);
  const { payload } = known.event;
  must(
    !payload || payload.check(packet.args[0]),
    `the server sends ${packet.event} with ${show(packet.args[0])}, which is not its payload`,
  );
}

function greetingCheck(view: ContractView): Check {
  return {
    rule: 'SESSION-1',
    title:
      'the first event of a connection says which version of the contract the server speaks, and which events it handles',
    async run(trial) {
      const client = await trial.connect();
      const greeting = await client.next(established);
      mustEqual(client.timeline[0], established, 'the first event');
      mustHave(greeting, { protocolVersion: view.version }, established);
      const { capabilities } = greeting;
      must(Array.isArray(capabilities), `the capabilities are ${show(capabilities)}`);
      const missing = view.clientToServer
        .map(({ name }) => name)
        .filter((name) => !capabilities.includes(name));
      must(missing.length === 0, `the capabilities do not have ${missing.join(', ')}`);
    },
  };
}

const SESSION: readonly Check[] = [
  {
    rule: 'SESSION-1',
    title: 'a connection is told once what it is, and nobody else is',
    async run(trial) {
      const [first, second] = [await trial.connect(), await trial.connect()];
      for (const client of [first, second]) {
        await client.ask(heartbeat);
        mustEqual(client.all(established).length, 1, `how often ${established} comes`);
      }
    },
  },
  {
    rule: 'SESSION-2',
    title: 'heartbeat is answered with the time',
    async run(trial) {
      const client = await trial.connect();
      const { time } = dataOf(await client.ask(heartbeat));
      must(Number.isSafeInteger(time), `the time is ${show(time)}`);
    },
  },
  {
    rule: 'SESSION-2',
    title: 'authenticate is answered, and what is no auth is refused',
    async run(trial) {
      const client = await trial.connect();
      const answer = await client.ask(authenticate, { auth: trial.target.own.auth });
      must(typeof answer.ok === 'boolean', `it is answered with ${show(answer)}`);
      mustHave(
        errorOf(await client.ask(authenticate, { auth: 7 })),
        { code: 'INVALID_PAYLOAD' },
        'the error',
      );
    },
  },
];

/** A trace context as the rules have it, and arguments in its place that are none. */
const TRACES = [
  { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
  { traceparent: '99-zz' },
  { traceparent: 7 },
  {},
  'trace',
  null,
];

const UNASKED: Check = {
  rule: 'ASK-5',
  title: 'a client that acknowledges what nobody asked is disconnected, and nobody else is',
  async run(trial) {
    const [client, other] = [await trial.connect(), await trial.connect()];
    await client.ask(heartbeat);
    client.write('3999[{"ok":true,"data":null}]');
    await client.ended();
    await other.ask(heartbeat);
  },
};

function traceCheck(knower: Knower, view: ContractView): Check {
  return {
    rule: 'TRACE-1',
    title: 'a trace context behind the payload, or what is none, changes no answer',
    async run(trial) {
      const client = await trial.connect();
      const { successes } = await knower.of(trial.target);
      const event = view.clientToServer.find(({ name, declared }) => successes.has(name) && declared.payload);
      for (const trace of TRACES) {
        const { time } = dataOf(await client.ask(heartbeat, null, trace));
        must(Number.isSafeInteger(time), `${heartbeat} with ${show(trace)} is not answered with the time`);
        if (!event) continue;
        const answer = await client.ask(event.name, inNewRoom(event, successes.get(event.name)), trace);
        must(answer.ok === true, `${event.name} with ${show(trace)} is answered with ${show(answer)}`);
      }
    },
  };
}

function unknownCheck(view: ContractView): Check {
  return {
    rule: 'CALL-1',
    title: 'an event that the contract does not have is answered with UNKNOWN_EVENT, whatever its name',
    async run(trial) {
      const client = await trial.connect();
      for (const name of UNKNOWN_NAMES.filter(
        (one) => !view.clientToServer.some((event) => event.name === one),
      )) {
        const answer = await client.ask(name, { a: 1 });
        judgeError(view, name, answer);
        mustHave(errorOf(answer), { code: 'UNKNOWN_EVENT' }, `the error of ${show(name)}`);
      }
    },
  };
}

function emitCheck(view: ContractView, knower: Knower): Check {
  return {
    rule: 'CALL-6',
    title: 'what the server sends is an event of the contract, with its payload',
    async run(trial) {
      const { successes } = await knower.of(trial.target);
      const clients = [await trial.connect(), await trial.connect()];
      for (const event of view.clientToServer.filter(({ name }) => successes.has(name))) {
        const payload = inNewRoom(event, successes.get(event.name));
        const room = addressOf(event, toFields(payload));
        for (const client of room ? clients : []) await client.ask(join, room);
        for (const client of clients) await client.ask(event.name, ...argumentsFor(event, payload));
      }
      for (const client of clients) await client.ask(heartbeat);
      const events = clients.flatMap(({ packets }) => packets);
      for (const packet of events) judgeEvent(view, packet);
      if (events.length === clients.length) trial.skip('the server sent nothing but its greeting');
    },
  };
}

/** What is checked of the connection itself, and of what comes over it. */
export const sessionChecks = (view: ContractView, knower: Knower): Check[] => [
  greetingCheck(view),
  ...SESSION,
  UNASKED,
  traceCheck(knower, view),
  unknownCheck(view),
  emitCheck(view, knower),
];
