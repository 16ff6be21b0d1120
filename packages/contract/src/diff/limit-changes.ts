import type { PayloadBounds } from '../event';
import { levelOf, reasonFor, type Sender, sentOf } from './compatibility';
import type { ContractChange } from './contract-change';
import { shownChange } from './value-phrases';

const LIMITS: Readonly<Record<keyof PayloadBounds, string>> = {
  maxDepth: 'payloads # levels deep',
  maxProperties: 'objects of # properties',
  maxSize: 'payloads of # characters',
};

/** Changes of the limits of an event: like a schema, they are kept by the sender and checked by the receiver. */
export function limitChanges(
  path: string,
  sender: Sender,
  before: PayloadBounds,
  after: PayloadBounds,
): readonly ContractChange[] {
  const names = ['maxDepth', 'maxProperties', 'maxSize'] as const;
  return names
    .filter((name) => before[name] !== after[name])
    .map((name) => {
      const raised = after[name] > before[name];
      const breaks = raised === (sender === 'server');
      const level = levelOf({ oldClients: !breaks, oldServers: breaks });
      const values = LIMITS[name].replace('#', String(sentOf(level, sender, before[name], after[name])));
      return {
        path: `${path}/limits/${name}`,
        kind: raised ? 'limit-raised' : 'limit-lowered',
        level,
        message: shownChange(name, before[name], after[name]),
        reason: reasonFor(level, sender, values),
        before: before[name],
        after: after[name],
      };
    });
}
