import { setTimeout as delay } from 'node:timers/promises';
import type { Agent } from '@wirepact/server';
import { readQuestion, toChunk } from './answers';

/** An agent that answers as the name of a message says, and most messages not at all. */
export const chaosAgent: Agent = {
  id: '00000000-0000-4000-8000-00000000c4a0',
  name: 'Oracle',
  async *respond({ text: question }, { signal }) {
    const planned = readQuestion(question);
    if (!planned) return;
    for (let number = 0; number < planned.chunks; number += 1) {
      if (number > 0) await delay(planned.paceMs, undefined, { signal });
      yield toChunk(question, number);
    }
    if (planned.kind === 'fails') throw new Error('as planned');
    if (planned.kind === 'hangs') await new Promise(() => undefined);
  },
};
