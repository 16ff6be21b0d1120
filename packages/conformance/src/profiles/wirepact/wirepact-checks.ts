import { createRequire } from 'node:module';
import type { ContractDocument } from '@wirepact/cli';
import type { Check } from '../../check/check';
import type { FlawKind } from '../../sample/flaws';
import { needsAgent, needsQuiet } from '../chat/agents';
import { type ChatRow, chatChecks } from '../chat/chat-trial';
import { viewContract } from '../contract/contract-view';
import { type EventRules, eventChecks } from '../contract/event-checks';
import { type FaultSuite, faultChecks, floodCheck } from '../fault-checks';
import { ANSWER_EVENTS, NO_AGENTS } from './answer-events';
import { ANSWERS } from './answers';
import { CHANGES } from './changes';
import { codesCheck } from './codes';
import { HISTORY } from './history';
import { AS_AGENT, IDENTITIES } from './identities';
import { JOINS, PLAIN } from './joins';
import { LIMITS } from './limits';
import { MANAGEMENT } from './management';
import { DELIVERY } from './numbers';
import { ORIGINS } from './origins';
import { PRIVATE_CHANNEL } from './private-channel';
import { REMOTE_ANSWERS } from './remote-answers';
import { TURNS } from './turns';
import { BY_HOST, TWO_ENTITIES } from './two-entities';
import { VERSIONS } from './versions';

/** The chat protocol, as it is published. */
const readProtocol = (): ContractDocument => createRequire(import.meta.url)('@wirepact/protocol/schema.json');

const REFUSED: Readonly<Partial<Record<FlawKind, string>>> = {
  ids: 'ERR-5',
  'missing properties': 'ERR-4',
  'too deep': 'ERR-13',
  'too wide': 'ERR-13',
  'too large': 'ERR-13',
  'forbidden names': 'ERR-14',
};

/** The chat's rules for single events. */
const RULES: EventRules = {
  answered: 'ACK-7',
  ignored: 'ACK-10',
  errors: 'ACK-8',
  refused: (kind) => REFUSED[kind] ?? 'ERR-12',
};

const FAULTS: FaultSuite = {
  heartbeat: (client) => client.ask('heartbeat'),
  ended: 'connection_ended',
  event: 'join_channel',
  rules: { malformed: 'CONN-12', oversized: 'ERR-13', reconnect: 'CONN-9' },
};

/** What is only seen where no agent joins in. */
const QUIET: readonly ChatRow[] = [
  ...ANSWERS,
  ...DELIVERY,
  ...HISTORY,
  ...CHANGES,
  ...MANAGEMENT,
  ...JOINS,
  ...PLAIN,
  ...REMOTE_ANSWERS,
  ...IDENTITIES,
  ...TWO_ENTITIES,
  ...PRIVATE_CHANNEL,
  ...BY_HOST,
];

/** What the chat protocol has beyond the document: its versions 1.1 and 1.2. */
export function wirepactChecks(seed?: number): Check[] {
  const view = viewContract(readProtocol());
  return [
    ...chatChecks([...VERSIONS, ...ORIGINS, ...NO_AGENTS]),
    ...chatChecks(QUIET, needsQuiet),
    ...chatChecks([...TURNS, ...ANSWER_EVENTS, ...AS_AGENT], needsAgent),
    ...eventChecks({ view, rules: RULES, heartbeat: 'heartbeat', seed }, view.clientToServer),
    codesCheck(view),
    ...faultChecks(FAULTS),
    floodCheck('ERR-22', FAULTS),
    ...LIMITS,
  ];
}
