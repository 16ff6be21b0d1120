import { createRequire } from 'node:module';
import type { ContractDocument } from '@wirepact/cli';
import type { Check } from '../../check/check';
import type { FlawKind } from '../../sample/flaws';
import { needsAgent, needsQuiet } from '../chat/agents';
import { chatChecks } from '../chat/chat-trial';
import { viewContract } from '../contract/contract-view';
import { type EventRules, eventChecks } from '../contract/event-checks';
import { type FaultSuite, faultChecks, floodCheck } from '../fault-checks';
import { ANSWERS } from './answers';
import { CHANGES } from './changes';
import { HISTORY } from './history';
import { LIMITS } from './limits';
import { DELIVERY } from './numbers';
import { TURNS } from './turns';
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

/** What the chat protocol has beyond the document: its versions 1.1 and 1.2. */
export function wirepactChecks(seed?: number): Check[] {
  const view = viewContract(readProtocol());
  return [
    ...chatChecks(VERSIONS),
    ...chatChecks([...ANSWERS, ...DELIVERY, ...HISTORY, ...CHANGES], needsQuiet),
    ...chatChecks(TURNS, needsAgent),
    ...eventChecks({ view, rules: RULES, heartbeat: 'heartbeat', seed }, view.clientToServer),
    ...faultChecks(FAULTS),
    ...LIMITS,
    floodCheck('ERR-22', FAULTS),
  ];
}
