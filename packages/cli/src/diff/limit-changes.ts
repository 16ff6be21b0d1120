import type { PayloadBounds } from '@wirepact/contract/runtime';
import type { EventDocument } from '../contract-document';
import { levelOf, reasonFor, type Sender, sentOf } from './compatibility';
import type { ContractChange } from './contract-change';
import type { Judgement } from './value-changes';
import { shownChange } from './value-phrases';

const LIMITS: Readonly<Record<keyof PayloadBounds, string>> = {
  maxDepth: 'payloads # levels deep',
  maxProperties: 'objects of # properties',
  maxSize: 'payloads of # characters',
};

/** What a changed limit means: like a schema, limits are kept by the sender and checked by the receiver. */
function judge(
  name: keyof PayloadBounds,
  sender: Sender,
  before: EventDocument,
  after: EventDocument,
): Judgement {
  if (!before.payload && !after.payload)
    return ['patch', 'The event has no payload: nobody who keeps to the contract comes near a limit.'];
  const [was, is] = [before.limits[name], after.limits[name]];
  const breaks = is > was === (sender === 'server');
  const level = levelOf({ oldClients: !breaks, oldServers: breaks });
  return [level, reasonFor(level, sender, LIMITS[name].replace('#', String(sentOf(level, sender, was, is))))];
}

/** Changes of the limits of an event. */
export function limitChanges(
  path: string,
  sender: Sender,
  before: EventDocument,
  after: EventDocument,
): readonly ContractChange[] {
  const names = ['maxDepth', 'maxProperties', 'maxSize'] as const;
  return names.flatMap((name): readonly ContractChange[] => {
    const [was, is] = [before.limits[name], after.limits[name]];
    if (was === is) return [];
    const [level, reason] = judge(name, sender, before, after);
    const kind = is > was ? 'limit-raised' : 'limit-lowered';
    return [
      {
        path: `${path}/limits/${name}`,
        kind,
        level,
        message: shownChange(name, was, is),
        reason,
        before: was,
        after: is,
      },
    ];
  });
}
