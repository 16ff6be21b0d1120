import { beforeAll, test } from 'vitest';
import { catchDefect, type DefectCase } from './catch-defect';
import { RUN_LIMIT } from './plans';
import { bundleServer } from './server-bundle';

let bundle = '';
beforeAll(async () => {
  bundle = await bundleServer();
});

/** Half of the messages are answered, so that there is always an answer under way. */
const ANSWERED = { answered: 0.5, sends: 60, patienceMs: 12_000 };

test.concurrent.each<DefectCase>([
  ['does not forget turns that have ended never ends them', 'never-ends', {}, ['every turn ends']],
  [
    'does not look after turns of processes that are gone never ends them',
    'leaves-lost-turns',
    { amounts: { kill: 1 } },
    ['every turn ends'],
  ],
  ['keeps an answer twice has two answers to one message', 'answers-twice', {}, ['one answer a turn']],
  ['does not keep an answer has none', 'loses-answers', {}, ['ends as it should']],
  ['tells ends twice is heard to', 'tells-ends-twice', {}, ['an end is told once']],
  ['doubles chunks is heard to', 'doubles-chunks', {}, ['as it was said']],
])('[F4] a server with agents that %s, and is caught', RUN_LIMIT, async (what, fault, plan, rules) => {
  await catchDefect(bundle, [what, fault, { ...ANSWERED, ...plan }, rules]);
});
