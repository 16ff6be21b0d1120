import { isDeepStrictEqual } from 'node:util';
import type { EventDocument } from '../contract-document';
import type { Sender } from './compatibility';
import type { ChangeKind, ContractChange } from './contract-change';
import type { Judgement } from './value-changes';
import { shownChange } from './value-phrases';

type Verb = 'added' | 'removed' | 'changed';

const DURABLE: Readonly<Record<Exclude<Verb, 'changed'>, Judgement>> = {
  added: ['feature', 'Old clients hear it as before; new ones also get what they have missed.'],
  removed: ['breaking', 'Old clients count on getting what they have missed, and do not get it any more.'],
};

const RESUME: Readonly<Record<Verb, Judgement>> = {
  added: ['feature', 'Old clients start a stream anew after a lost connection, as before.'],
  removed: ['breaking', 'Old clients ask for the rest of a stream, and get all of it once more.'],
  changed: ['breaking', 'Old clients say where to go on in a property that the new server does not look at.'],
};

const KEY: Readonly<Record<Sender, Readonly<Record<Verb, Judgement>>>> = {
  client: {
    added: [
      'feature',
      'What old clients send takes place as before; sends with the same key take place once.',
    ],
    removed: ['breaking', 'Old clients repeat a send whose answer was lost, and it takes place twice.'],
    changed: ['breaking', 'Old clients name a send in a property that the new server does not look at.'],
  },
  server: {
    added: ['feature', 'Old clients let it pass, unread.'],
    removed: ['breaking', 'Old clients tell their own sends by it, and do not find it any more.'],
    changed: ['breaking', 'Old clients look for their own sends in the property that it was before.'],
  },
};

function change<Part extends 'durable' | 'resume' | 'key'>(
  path: string,
  part: Part,
  before: EventDocument,
  after: EventDocument,
  judge: (verb: Verb) => Judgement,
): readonly ContractChange[] {
  const [was, is] = [before[part] || undefined, after[part] || undefined];
  if (isDeepStrictEqual(was, is)) return [];
  const verb: Verb = was === undefined ? 'added' : is === undefined ? 'removed' : 'changed';
  const [level, reason] = judge(verb);
  // What is only there or not never changes.
  const kind = `${part}-${verb}` as ChangeKind;
  const message = shownChange(part, was, is);
  return [{ path: `${path}/${part}`, kind, level, message, reason, before: was, after: is }];
}

/** Changes of how an event is delivered: whether a room keeps it, how a stream goes on, and what names a send. */
export const deliveryChanges = (
  path: string,
  sender: Sender,
  before: EventDocument,
  after: EventDocument,
): readonly ContractChange[] => [
  ...change(path, 'durable', before, after, (verb) => DURABLE[verb === 'added' ? 'added' : 'removed']),
  // Where the stream itself came or went, that says it all.
  ...(before.stream && after.stream ? change(path, 'resume', before, after, (verb) => RESUME[verb]) : []),
  ...change(path, 'key', before, after, (verb) => KEY[sender][verb]),
];
