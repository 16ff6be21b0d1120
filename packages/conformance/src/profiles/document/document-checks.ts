import type { Check } from '../../check/check';
import { chatChecks } from '../chat/chat-trial';
import { type FaultSuite, faultChecks } from '../fault-checks';
import { BROADCASTS } from './broadcasts';
import { COMPATIBILITY } from './compatibility';
import { CONNECTION } from './connection';
import { ERRORS } from './errors';
import { JOINING } from './joining';
import { LOGS } from './logs';
import { RECEIPTS } from './receipts';
import { SENDING } from './sending';

/** What is wrong is always answered, and costs nothing. */
const FAULTS: FaultSuite = {
  heartbeat(client) {
    client.emit('set_log_filter', null);
    return client.next('messageError');
  },
  event: 'join_channel',
  rules: { malformed: 'ERR-20', oversized: 'ERR-20', reconnect: 'CONN-9' },
};

/** What the document says, for a client that knows nothing else. */
export const documentChecks = (): Check[] => [
  ...chatChecks([
    ...CONNECTION,
    ...JOINING,
    ...SENDING,
    ...BROADCASTS,
    ...RECEIPTS,
    ...ERRORS,
    ...LOGS,
    ...COMPATIBILITY,
  ]),
  ...faultChecks(FAULTS),
];
