import { type ContractDocument, readDocument } from '@wirepact/cli';
import { SESSION_NAMES } from '@wirepact/contract/runtime';
import type { Check } from '../../check/check';
import { type FaultSuite, faultChecks, floodCheck } from '../fault-checks';
import { viewContract } from './contract-view';
import { type EventRules, eventChecks } from './event-checks';
import { identityChecks } from './identity-checks';
import { Knower } from './knowledge';
import { presenceChecks } from './presence-checks';
import { roomChecks } from './room-checks';
import { sessionChecks } from './session-checks';
import { streamChecks } from './stream-checks';

const { heartbeat, ended } = SESSION_NAMES;

/** The rules of any contract that checks of single events are bound to. */
const RULES: EventRules = {
  answered: 'CALL-1',
  ignored: 'CALL-1',
  errors: 'CALL-3',
  refused: () => 'CALL-2',
};

const FAULTS: FaultSuite = {
  heartbeat: (client) => client.ask(heartbeat),
  ended,
  event: heartbeat,
  rules: { malformed: 'SESSION-3', oversized: 'SESSION-3', reconnect: 'SESSION-1' },
};

/** The checks that a contract makes by itself. @throws WirepactError `INVALID_CONTRACT` */
export function contractChecks(document: ContractDocument, seed?: number): Check[] {
  const view = viewContract(readDocument(document, 'The contract'));
  const knower = new Knower(view);
  return [
    ...sessionChecks(view, knower),
    ...eventChecks({ view, rules: RULES, heartbeat, seed }, view.clientToServer),
    ...streamChecks(view),
    ...roomChecks(view, knower),
    ...identityChecks(view, knower),
    ...presenceChecks(view, knower),
    ...faultChecks(FAULTS),
    floodCheck('CALL-1', FAULTS),
  ];
}
