import type { Check } from '../check/check';
import { must, mustEqual, show } from '../check/expectations';
import { BudgetUsed } from '../check/violation';
import { type Answer, errorOf } from '../wire/packet';
import type { WireClient } from '../wire/wire-client';

/** What faults are tried against: the names that a contract has for them, and the rules they are bound to. */
export interface FaultSuite {
  /** Asks for an answer, whatever else the server has to do. */
  readonly heartbeat: (client: WireClient) => Promise<unknown>;
  /** The event that says why a connection ends; left out where the protocol has none. */
  readonly ended?: string;
  /** An event that the server has, for packets that are wrong in other ways. */
  readonly event: string;
  readonly rules: Readonly<Record<'malformed' | 'oversized' | 'reconnect', string>>;
}

/** Packets that are none of Socket.IO, each for a connection of its own. */
const malformedPackets = (event: string): Readonly<Record<string, string>> => ({
  'a name that Socket.IO reserves': '2["disconnect",{}]',
  'no name': '2[]',
  'no list': `2{"${event}":1}`,
  'no JSON': `2["${event}",{`,
  'no type of packet': `9["${event}",{}]`,
  'an attachment that is not there': `51-["${event}",{"_placeholder":true,"num":7}]`,
});

const OVERSIZED = 8_000_000;
const FLOOD = 3_000;

/** Answers that a server may give where it is asked too much. */
const MAY_REFUSE = ['RATE_LIMITED', 'OVERLOADED'];

function malformedCheck({ heartbeat, ended, event, rules }: FaultSuite): Check {
  return {
    rule: rules.malformed,
    title: `a packet that is malformed ends its connection${ended ? `, which is told why by ${ended}` : ''}, and no other`,
    async run(trial) {
      const other = await trial.connect();
      for (const [what, packet] of Object.entries(malformedPackets(event))) {
        const client = await trial.connect();
        await heartbeat(client);
        client.write(packet);
        await client.ended();
        if (ended)
          mustEqual(client.packets.at(-1)?.event, ended, `the last event of a connection that sent ${what}`);
        await heartbeat(other);
      }
    },
  };
}

function oversizedCheck({ heartbeat, event, rules }: FaultSuite): Check {
  return {
    rule: rules.oversized,
    title: 'a packet larger than any event may be ends its connection, and no other',
    async run(trial) {
      const [client, other] = [await trial.connect(), await trial.connect()];
      client.write(`2["${event}",{"more":"${'x'.repeat(OVERSIZED)}"}]`);
      await client.ended();
      await heartbeat(other);
    },
  };
}

function reconnectCheck({ heartbeat, rules }: FaultSuite): Check {
  return {
    rule: rules.reconnect,
    title: 'a client whose connection is lost again and again is served every time',
    async run(trial) {
      for (let times = 0; times < 5; times += 1) {
        const client = await trial.connect();
        await heartbeat(client);
        client.drop();
      }
    },
  };
}

function judgeFlooded(answer: Answer): void {
  const { code } = errorOf(answer);
  // Nothing is not what every event asks for, so that a refusal for that is an answer as well.
  must(
    answer.ok === true || MAY_REFUSE.includes(String(code)) || code === 'INVALID_PAYLOAD',
    `one of many events is answered with ${show(answer)}`,
  );
}

/** The answer to an event, `undefined` where the server ends the connection before it. */
export async function answerOf(
  client: WireClient,
  event: string,
  payload: unknown,
): Promise<Answer | undefined> {
  return client.settle(event, payload).catch((error: unknown) => {
    if (client.endReason === undefined || error instanceof BudgetUsed) throw error;
    return undefined;
  });
}

async function sendOneOfMany(client: WireClient, event: string): Promise<void> {
  const answer = await answerOf(client, event, null);
  if (answer) judgeFlooded(answer);
}

/** What is checked of a server that meets thousands of events of one client, which are to be acknowledged. */
export function floodCheck(rule: string, { event }: FaultSuite): Check {
  return {
    rule,
    title:
      'a client that sends thousands of events at once is answered, refused or ended, and others are served',
    floods: true,
    async run(trial) {
      const [client, other] = [await trial.connect(), await trial.connect()];
      // A limit may be that of the address, and so of the other client as well: a refusal serves it, too.
      const serveOther = async () => judgeFlooded(await other.settle(event, null));
      const flood = Array.from({ length: FLOOD }, () => sendOneOfMany(client, event));
      await Promise.all([serveOther(), ...flood]);
      await serveOther();
    },
  };
}

/** What is checked of a server that meets what no client should do. */
export const faultChecks = (suite: FaultSuite): Check[] => [
  malformedCheck(suite),
  oversizedCheck(suite),
  reconnectCheck(suite),
];
